import re
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_collector

from survey_app.domain.collector import CollectorState
from survey_app.web.locale import interface_languages

from .forms import ANSWERS, change, sorted_answers

# Mistakes


def test_page_says_what_is_wrong_and_keeps_everything_when_answers_do_not_fit(phone, collector, count_stored):
    page = phone.open(f"/q/{collector.code}?lang=en")
    wrong = ANSWERS | {"topics_wanted": ["clubs", "parents", "business", "other"], "remarks": ["x" * 501]}
    refused = phone.send(collector.code, page.fields | wrong)
    assert refused.status == 400
    assert refused.words("title").startswith("Error: Your feedback on the network meeting")
    assert sorted_answers(refused) == {name: sorted(values) for name, values in wrong.items()}
    assert refused.fields["submission_key"] == page.fields["submission_key"]
    links = [link.get("href") for link in refused.all("div[@class='summary']//a")]
    assert links == ["#q-topics_wanted", "#f-remarks"]
    targets = {element.get("id"): element for element in refused.all("*") if element.get("id")}
    assert targets["q-topics_wanted"].get("tabindex") == "-1"
    assert targets["f-remarks"].get("aria-invalid") == "true"
    described = targets["f-remarks"].get("aria-describedby").split()
    assert "501" in "".join(targets["f-remarks-message"].itertext())
    assert {"f-remarks-message", "f-remarks-limit"} == set(described)
    assert targets["q-topics_wanted"].get("aria-describedby") == "q-topics_wanted-message"
    assert count_stored() == 0


def test_focus_goes_to_the_summary_when_there_are_mistakes(phone, collector):
    refused = phone.send(collector.code, phone.open(f"/q/{collector.code}?lang=de").fields)
    summary = refused.one("div[@class='summary']")
    assert (summary.get("tabindex"), summary.get("autofocus"), summary.get("role")) == ("-1", "", "alert")
    assert refused.one("div[@class='summary']//a").get("href") == "#q-attendance_count"


def test_form_is_accepted_when_mended_after_a_mistake(phone, collector, stored):
    page = phone.open(f"/q/{collector.code}")
    refused = phone.send(collector.code, page.fields | ANSWERS | {"remarks": "x" * 501})
    assert phone.send(collector.code, refused.fields | {"remarks": "kurz"}).status == 303
    assert len(stored()) == 1


def test_fresh_key_and_all_answers_come_back_when_the_key_is_missing(phone, collector, count_stored):
    keys = (None, "", "short", "x" * 23, 'x"><script>alert(1)</script>', "ä" * 22, "\x00" * 22)
    for count, key in enumerate(keys):
        fields = ANSWERS if key is None else ANSWERS | {"submission_key": key}
        refused = phone.send(collector.code, fields)
        assert refused.status == 400
        assert count_stored() == count
        assert re.fullmatch(r"[\w-]{22}", refused.fields["submission_key"][0])
        assert sorted_answers(refused) == ANSWERS
        assert phone.send(collector.code, refused.fields).status == 303


def test_foreign_page_stores_nothing_when_it_sends_a_form(phone, collector, count_stored):
    page = phone.open(f"/q/{collector.code}")
    refused = phone.send(collector.code, page.fields | ANSWERS, **{"Sec-Fetch-Site": "cross-site"})
    assert refused.status == 403
    assert count_stored() == 0
    assert sorted_answers(refused) == ANSWERS
    assert refused.fields["submission_key"] != page.fields["submission_key"]
    assert phone.send(collector.code, refused.fields, **{"Sec-Fetch-Site": "same-origin"}).status == 303


def test_form_is_taken_when_the_browser_vouches_for_it(phone, collector):
    for site in ("same-origin", "same-site", "none", ""):
        page = phone.open(f"/q/{collector.code}")
        assert phone.send(collector.code, page.fields | ANSWERS, **{"Sec-Fetch-Site": site}).status == 303


# Not open


def test_survey_says_when_it_opens_when_somebody_is_early(phone, session, network, without_memory):
    opens = datetime(2036, 5, 4, 15, 0, tzinfo=UTC)
    collector = make_collector(session, network, opens_at=opens, closes_at=opens + timedelta(days=1))
    page = phone.open(f"/q/{collector.code}?lang=de")
    assert page.status == 403
    assert "4. Mai 2036" in page.everything
    assert "17:00" in page.everything
    sent = phone.send(collector.code, ANSWERS | {"submission_key": "x" * 22})
    assert sent.status == 403
    assert "Chor" in sent.everything


def test_draft_is_not_open_when_somebody_has_its_code(phone, session, collector, without_memory):
    change(session, collector, state=CollectorState.DRAFT, opens_at=None)
    assert phone.open(f"/q/{collector.code}").status == 403


# Closed


@pytest.mark.usefixtures("without_memory")
@pytest.mark.parametrize("state", [CollectorState.OPEN, CollectorState.CLOSED])
def test_new_visitors_are_refused_and_open_pages_taken_when_just_closed(phone, session, collector, stored, state):
    page = phone.open(f"/q/{collector.code}?lang=uk")
    change(session, collector, state=state, closes_at=datetime.now(UTC) - timedelta(minutes=5))
    late = phone.open(f"/q/{collector.code}?lang=uk")
    assert late.status == 410
    assert late.root.get("lang") == "uk"
    changed = phone.send(collector.code, page.fields | ANSWERS | {"switch_language": "fr"})
    assert (changed.status, changed.root.get("lang")) == (200, "fr")
    assert phone.send(collector.code, changed.fields).status == 303
    assert len(stored()) == 1


def test_answers_stay_readable_when_sent_after_the_grace(phone, session, collector, count_stored, without_memory):
    page = phone.open(f"/q/{collector.code}?lang=en")
    change(session, collector, state=CollectorState.CLOSED, closes_at=datetime.now(UTC) - timedelta(minutes=31))
    for extra in ({}, {"switch_language": "fr"}):
        refused = phone.send(collector.code, page.fields | ANSWERS | extra)
        assert refused.status == 410
        assert 'سلام "Welt" 🎉' in refused.everything
        assert "Chor" in refused.everything
        assert len(refused.all("dt")) == 3
    assert "education in clubs and associations" in phone.send(collector.code, page.fields | ANSWERS).everything
    assert count_stored() == 0


def test_thanks_are_repeated_when_the_form_comes_again_after_closing(phone, session, collector, stored, without_memory):
    fields = phone.open(f"/q/{collector.code}").fields | ANSWERS
    assert phone.send(collector.code, fields).status == 303
    change(session, collector, state=CollectorState.CLOSED, closes_at=datetime.now(UTC) - timedelta(hours=9))
    again = phone.send(collector.code, fields)
    assert again.status == 303
    assert phone.open(again.headers["Location"]).all("a[@class='next']") == []
    assert len(stored()) == 1


@pytest.mark.parametrize("state", [CollectorState.SEALED, CollectorState.ERASED])
def test_page_says_the_answers_may_be_stored_when_already_sealed(phone, session, collector, without_memory, state):
    page = phone.open(f"/q/{collector.code}?lang=en")
    change(session, collector, state=state, closes_at=datetime.now(UTC) - timedelta(days=1))
    refused = phone.send(collector.code, page.fields | ANSWERS)
    assert refused.status == 410
    assert "may already be stored" in refused.everything
    assert "Chor" in refused.everything
    assert phone.open(f"/q/{collector.code}").status == 410


def test_closing_is_seen_at_once_when_a_form_is_sent(phone, session, collector):
    page = phone.open(f"/q/{collector.code}")
    change(session, collector, state=CollectorState.SEALED, closes_at=datetime.now(UTC) - timedelta(days=1))
    assert phone.send(collector.code, page.fields | ANSWERS).status == 410
    assert phone.open(f"/q/{collector.code}").status == 410


# Unknown


def test_page_asks_for_the_code_again_when_it_is_unknown(phone):
    for language in interface_languages():
        page = phone.open(f"/q/zzzzzzzz?lang={language}")
        assert page.status == 404
        assert page.root.get("lang") == language
        assert page.one("input[@name='code']").get("value") == "zzzzzzzz"


@pytest.mark.both_databases
def test_page_is_friendly_when_the_code_is_impossible(phone):
    for code in ("%00", "a%00b", "%ff%fe", "..%2f", "x" * 300, "%D8%B9", "<script>alert(1)</script>"):
        page = phone.open(f"/q/{code}")
        assert page.status == 404
        assert page.foreign_scripts == []


def test_answers_are_shown_by_field_when_the_survey_is_gone(phone):
    page = phone.send("zzzzzzzz", ANSWERS | {"submission_key": "x" * 22})
    assert page.status == 404
    assert "Chor" in page.everything
    assert "submission_key" not in page.everything
