"""Opening surveys and leading them to sealing, through the pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from factories import NOW, make_collector, make_meeting, make_network, publish_standard, standard_questionnaire
from flask.testing import FlaskClient

from survey_app.domain.collector import Collector, CollectorState
from survey_app.services import convening, designing

from .conftest import Desk

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def start(desk: Desk, *, ended: timedelta = -3 * HOUR, **values: object) -> Collector:
    """Open a survey two hours ago that ended some time ago; by default it ends in three hours."""
    now = datetime.now(UTC)
    published = convening.list_questionnaires(desk.session, network_id=desk.network.id)
    version_id = published[0].id if published else None
    times = {"now": now - 2 * HOUR, "closes_at": now - ended}
    return make_collector(desk.session, desk.network, version_id=version_id, **(times | values))


def code_in(location: str) -> str:
    return location.rstrip("/").rsplit("/", 1)[1]


def test_survey_with_poster_is_three_clicks_from_the_list(desk: Desk, meeting_id: int, version_id: int) -> None:
    first = desk.see("/meetings/")
    opening = first.links()["Open survey: Herbsttreffen"]
    assert opening == f"/n/freiburg/meetings/{meeting_id}/surveys/new"
    saved = desk.fill(opening.removeprefix(desk.root))
    page = desk.follow(saved)
    survey = desk.survey(code_in(saved.location))
    assert survey.state is CollectorState.OPEN
    assert survey.meeting_id == str(meeting_id)
    assert survey.version_id == version_id
    assert survey.languages == standard_questionnaire().languages
    assert page.links()["Poster (PDF)"] == f"/n/freiburg/surveys/{survey.code}/poster.pdf"
    local = survey.closes_at.astimezone(BERLIN)
    today = datetime.now(BERLIN).date()
    meeting_day = desk.meeting(meeting_id).date
    assert (local.date(), local.hour, local.minute) == (max(today, meeting_day) + timedelta(days=3), 23, 59)


def test_languages_that_nobody_reviewed_are_marked(desk: Desk, meeting_id: int, version_id: int) -> None:
    page = desk.see(f"/meetings/{meeting_id}/surveys/new")
    labels = {label.get("for"): "".join(label.itertext()) for label in page.root.iter("label")}
    marked = {name for name, words in labels.items() if "unreviewed translation" in words}
    assert len(marked) == 8
    assert page.fields().getlist("languages") == list(standard_questionnaire().languages)
    arabic = next(span for span in page.root.iter("span") if span.get("lang") == "ar" and span.get("dir") == "rtl")
    assert "العربية" in "".join(arabic.itertext())


def test_newest_version_is_chosen_unless_somebody_chooses(desk: Desk, meeting_id: int, version_id: int) -> None:
    second = replace(standard_questionnaire(), version=2, languages=("de", "en"))
    newer = designing.publish_questionnaire(desk.session, second, network_id=desk.network.id, now=NOW + HOUR)
    path = f"/meetings/{meeting_id}/surveys/new"
    assert desk.see(path).fields()["version_id"] == str(newer)
    saved = desk.fill(path, languages=["en", "ar", "de"])
    assert desk.survey(code_in(saved.location)).languages == ("de", "en")
    saved = desk.fill(path, version_id=str(version_id), languages=["ar"])
    assert desk.survey(code_in(saved.location)).languages == ("ar",)


def test_expected_number_comes_from_the_invitations(desk: Desk, version_id: int) -> None:
    meeting_id = make_meeting(desk.session, desk.network, invited=220, attended_total=90)
    assert desk.see(f"/meetings/{meeting_id}/surveys/new").fields()["expected_count"] == "220"


def test_wrong_decisions_are_explained_at_their_fields(desk: Desk, meeting_id: int, version_id: int) -> None:
    path = f"/meetings/{meeting_id}/surveys/new"
    for field, typed, shown in (
        ("languages", None, "at least one language"),
        ("languages", "xx", "does not exist"),
        ("version_id", "99999", "does not exist"),
        ("version_id", "1 OR 1", "does not exist"),
        ("closes_at", "2020-01-01T10:00", "future"),
        ("closes_at", "morgen", "for example"),
        ("opens_at", "2199-12-31T23:59", None),
        ("expected_count", "-3", "0 or more"),
    ):
        page = desk.fill(path, **{field: typed})
        assert page.status == 400, (field, typed)
        assert (shown or "must come after") in page.message_at("closes_at" if shown is None else field)
    assert "no survey" in desk.see("/meetings/").words


def test_doubtful_hours_follow_the_rule_and_are_said(desk: Desk, meeting_id: int, version_id: int) -> None:
    path = f"/meetings/{meeting_id}/surveys/new"
    year = datetime.now(UTC).year + 1
    spring, autumn = last_sunday(year, 3), last_sunday(year, 10)
    saved = desk.fill(path, opens_at=f"{spring}T02:30", closes_at=f"{autumn}T02:30")
    survey = desk.survey(code_in(saved.location))
    assert (survey.opens_at.hour, survey.opens_at.minute) == (1, 30)
    assert (survey.closes_at.hour, survey.closes_at.minute) == (1, 30)
    words = desk.follow(saved).words
    assert "The clocks skip 02:30 on this day" in words
    assert "The clocks show 02:30 twice on this day" in words
    assert "CET" in words


def last_sunday(year: int, month: int) -> str:
    day = datetime(year, month, 31, tzinfo=UTC)
    return (day - timedelta(days=(day.weekday() + 1) % 7)).date().isoformat()


def test_survey_can_be_left_to_close_by_hand(desk: Desk, meeting_id: int, version_id: int) -> None:
    saved = desk.fill(f"/meetings/{meeting_id}/surveys/new", closes_at="")
    assert desk.survey(code_in(saved.location)).closes_at is None
    assert "by hand" in desk.follow(saved).words


def test_fields_that_the_form_does_not_have_are_ignored(desk: Desk, meeting_id: int, version_id: int) -> None:
    extra = {
        "code": "mycode22",
        "state": "sealed",
        "network_id": "9",
        "is_synthetic": "1",
        "meeting_id": "99",
        "id": "z",
    }
    saved = desk.fill(f"/meetings/{meeting_id}/surveys/new", **extra)
    survey = desk.survey(code_in(saved.location))
    assert survey.code != "mycode22"
    assert (survey.state, survey.is_synthetic, survey.meeting_id) == (CollectorState.OPEN, False, str(meeting_id))


def test_network_without_questionnaire_says_so(desk: Desk, meeting_id: int) -> None:
    page = desk.see(f"/meetings/{meeting_id}/surveys/new")
    assert page.status == 200
    assert "no published questionnaire" in page.words


def test_counter_is_rounded_down_to_tens(desk: Desk) -> None:
    survey = start(desk)
    sent = 0
    for answers, shown in ((0, "fewer than 10"), (9, "fewer than 10"), (10, "10+"), (23, "20+")):
        desk.answer(survey.code, answers - sent)
        sent = answers
        page = desk.see(f"/surveys/{survey.code}/")
        assert page.words_of("p[@class='counter']") == f"received: {shown}"


def test_survey_goes_from_open_over_closed_to_sealed(desk: Desk) -> None:
    survey = start(desk)
    path = f"/surveys/{survey.code}/"
    desk.answer(survey.code, 12)
    closed = desk.follow(desk.press(path, "/close"))
    assert "Pages that were open may still be sent" in closed.words
    assert desk.survey(survey.code).state is CollectorState.CLOSED
    assert not any(str(form.get("action")).endswith("/seal") for form in closed.root.iter("form"))
    page = desk.see(f"{path}evaluate-now")
    assert "loses what they typed" in page.words
    assert desk.survey(survey.code).state is CollectorState.CLOSED
    sealed = desk.follow(desk.fill(f"{path}evaluate-now"))
    assert "The survey is sealed" in sealed.words
    assert "received" not in sealed.words
    assert desk.survey(survey.code).state is CollectorState.SEALED


def test_survey_that_the_clock_closed_can_be_sealed(desk: Desk) -> None:
    survey = start(desk, ended=HOUR)
    assert desk.survey(survey.code).state is CollectorState.OPEN
    page = desk.follow(desk.press(f"/surveys/{survey.code}/", "/seal"))
    assert "The survey is sealed" in page.words
    after = desk.survey(survey.code)
    assert (after.state, after.closes_at) == (CollectorState.SEALED, survey.closes_at)


def test_survey_that_is_not_due_is_not_sealed(desk: Desk) -> None:
    for survey in (start(desk), start(desk, ended=timedelta(minutes=5))):
        fields = desk.see("/meetings/new").fields()
        refused = desk.send(f"/surveys/{survey.code}/seal", fields)
        assert refused.status == 409
        assert "another state" in refused.words
        assert desk.survey(survey.code).state is not CollectorState.SEALED


def test_closed_survey_can_be_opened_again_until_a_new_time(desk: Desk) -> None:
    survey = start(desk, ended=timedelta(minutes=5))
    path = f"/surveys/{survey.code}/reopen"
    assert desk.fill(path, closes_at="2020-01-01T10:00").status == 400
    later = (datetime.now(BERLIN) + timedelta(days=2)).strftime("%d.%m.%Y 18:30")
    page = desk.follow(desk.fill(path, closes_at=later))
    assert "The survey is open" in page.words
    after = desk.survey(survey.code)
    assert after.state is CollectorState.OPEN
    assert after.closes_at.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M") == later


def test_sealed_survey_stays_as_it_is(desk: Desk) -> None:
    survey = start(desk, ended=HOUR)
    token = desk.see("/meetings/new").fields()
    desk.press(f"/surveys/{survey.code}/", "/seal")
    for step in ("close", "seal", "evaluate-now", "reopen", "delete"):
        assert desk.send(f"/surveys/{survey.code}/{step}", token, closes_at="2199-01-01T00:00").status == 409, step
    for step in ("evaluate-now", "reopen"):
        assert desk.see(f"/surveys/{survey.code}/{step}").status == 409, step
    assert desk.survey(survey.code).state is CollectorState.SEALED


def test_survey_that_opens_later_is_neither_closed_nor_evaluated(desk: Desk) -> None:
    survey = start(desk, opens_at=datetime.now(UTC) + HOUR)
    token = desk.see("/meetings/new").fields()
    assert "The survey opens on" in desk.see(f"/surveys/{survey.code}/").words
    for step in ("close", "evaluate-now", "seal"):
        assert desk.send(f"/surveys/{survey.code}/{step}", token).status == 409, step
    assert desk.survey(survey.code).state is CollectorState.OPEN


def test_survey_is_removed_before_it_has_begun(desk: Desk) -> None:
    early = start(desk, opens_at=datetime.now(UTC) + HOUR)
    assert "Remove" in desk.see(f"/surveys/{early.code}/").links()
    assert desk.fill(f"/surveys/{early.code}/delete").status == 303
    assert desk.see(f"/surveys/{early.code}/").status == 404


def test_removal_never_tells_whether_somebody_has_answered(desk: Desk) -> None:
    pages = [see_removal(desk, start(desk), answers) for answers in (0, 1, 9)]
    assert pages[0] == pages[1] == pages[2]
    assert "has begun" in pages[0][1]
    assert [status for _links, _words, status in pages] == [409, 409, 409]


def see_removal(desk: Desk, survey: Collector, answers: int) -> tuple[set[str], str, int]:
    desk.answer(survey.code, answers)
    path = f"/surveys/{survey.code}/"
    links = {words.replace(survey.code, "") for words in desk.see(path).links()}
    asked = desk.see(f"{path}delete")
    refused = desk.send(f"{path}delete", desk.see("/meetings/new").fields())
    assert asked.status == refused.status
    assert desk.survey(survey.code).state is CollectorState.OPEN
    return links, refused.words.replace(survey.code, ""), refused.status


def test_closed_survey_shows_no_way_in(desk: Desk) -> None:
    for ended in (timedelta(minutes=5), HOUR):
        survey = start(desk, ended=ended)
        page = desk.see(f"/surveys/{survey.code}/")
        assert "now reads that the survey is closed" in page.words
        assert not list(page.root.find(".//main").iter("img"))
        assert f"/q/{survey.code}" not in page.html


def test_second_survey_of_a_meeting_is_opened_after_a_warning(desk: Desk, meeting_id: int, version_id: int) -> None:
    path = f"/meetings/{meeting_id}/surveys/new"
    assert "judged by itself" not in desk.see(path).words
    desk.fill(path)
    assert "judged by itself" in desk.see(path).words


def test_versions_are_told_apart_by_their_number_of_questions(desk: Desk, meeting_id: int, version_id: int) -> None:
    shorter = replace(standard_questionnaire(), version=2, items=standard_questionnaire().items[:3])
    designing.publish_questionnaire(desk.session, shorter, network_id=desk.network.id, now=NOW)
    page = desk.see(f"/meetings/{meeting_id}/surveys/new")
    choices = ["".join(option.itertext()) for option in page.root.find(".//*[@id='version_id']").iter("option")]
    assert [words.split(" – ")[0].split(" · ")[1] for words in choices] == ["3 questions", "15 questions"]


def test_page_never_names_the_address_of_the_request(desk: Desk) -> None:
    survey = start(desk)
    answer = desk.client.get(f"{desk.root}/surveys/{survey.code}/", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in answer.text
    assert f"http://127.0.0.1:8000/q/{survey.code}" in answer.text


def test_survey_of_a_synthetic_network_is_synthetic(desk: Desk, sign_in: Callable[..., FlaskClient]) -> None:
    network = make_network(desk.session, "demo", is_synthetic=True)
    publish_standard(desk.session, network)
    meeting_id = make_meeting(desk.session, network)
    other = Desk(sign_in(network), network, desk.session)
    saved = other.fill(f"/meetings/{meeting_id}/surveys/new")
    assert other.survey(code_in(saved.location)).is_synthetic
