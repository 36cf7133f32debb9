"""Beginning, comparing, publishing, exporting: a goal system goes round without losing a letter."""

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from answering import submit_all
from factories import NOW, freiburg_goals, make_collector

from survey_app.content import GOAL_TEMPLATES, read_document
from survey_app.evaluation import parse_goals, write_goals
from survey_app.evaluation.goals.goal_editing import put_indicator
from survey_app.services import goal_design, housekeeping

from .conftest import Desk
from .goal_desk import FREIBURG, GoalDesk, start, start_with_questions
from .visiting import Sheet


def versions(desk: Desk) -> list[goal_design.StoredGoalSystem]:
    desk.session.rollback()
    return goal_design.list_versions(desk.session, network_id=desk.network.id)


def token(desk: Desk) -> str:
    return desk.see("/goals/new").html.split('name="csrf_token" value="')[1].split('"')[0]


def begin(desk: Desk, how: str, **values: object) -> Sheet:
    return desk.post(f"{desk.root}/goals/new", {"csrf_token": token(desk), "begin": how, **values})


@pytest.mark.parametrize("name", GOAL_TEMPLATES)
def test_a_network_begins_with_a_template(desk: Desk, name: str) -> None:
    page = desk.follow(begin(desk, "template", template=name))
    system = parse_goals(read_document(name))
    (stored,) = versions(desk)
    assert stored.goal_system == replace(system, id="freiburg", version=stored.goal_system.version)
    assert all(" ".join(goal.text.split()) in page.words for goal in system.goals)


def test_a_network_begins_empty(desk: Desk) -> None:
    refused = begin(desk, "empty", title="Unsere Ziele", starts_on="", level="guiding", text="")
    assert refused.status == 400
    assert "fill in" in refused.message_at("text")
    assert 'value="Unsere Ziele"' in refused.html
    saved = begin(desk, "empty", title="Unsere Ziele", starts_on="2024-01-01", level="guiding", text="Alle lernen")
    assert "Alle lernen" in desk.follow(saved).words
    assert [goal.text for goal in versions(desk)[0].goal_system.goals] == ["Alle lernen"]


def test_a_file_comes_in_and_goes_out_unchanged(desk: Desk) -> None:
    for text in (freiburg_goals(), "\ufeff" + freiburg_goals(), freiburg_goals().replace("\n", "\r\n")):
        sent = (io.BytesIO(text.encode("utf-8")), "ziele.toml")
        assert begin(desk, "file", file=sent).status == 303
        stored = versions(desk)[0]
        answer = desk.client.get(f"{desk.root}/goals/{stored.id}/export.toml")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        exported = answer.get_data(as_text=True)
        assert parse_goals(exported) == stored.goal_system
        assert replace(stored.goal_system, version=FREIBURG.version) == FREIBURG
    assert versions(desk)[-1].document == freiburg_goals()


def test_a_broken_file_is_explained_line_by_line_and_can_be_mended(desk: Desk) -> None:
    broken = freiburg_goals().replace('period = "survey"', 'period = "never"', 1)
    broken = broken.replace('affirming = ["yes_several", "yes_one"]', "affirming = []", 1)
    line = broken.split("\n").index('period = "never"') + 1
    refused = begin(desk, "file", file=(io.BytesIO(broken.encode()), "ziele.toml"))
    assert refused.status == 400
    assert "ziele.toml" in refused.words
    assert f"Line {line} indicator[3].period" in refused.words
    assert "never’ is not possible here" in refused.words.replace("'never'", "never’")
    assert "Please choose at least one answer." in refused.words
    assert versions(desk) == []
    mended = refused_text(refused).replace('period = "never"', 'period = "survey"')
    mended = mended.replace("affirming = []", 'affirming = ["yes_several", "yes_one"]')
    assert begin(desk, "file", document=mended).status == 303
    assert versions(desk)[0].goal_system == FREIBURG


def refused_text(page: Sheet) -> str:
    return next("".join(one.itertext()) for one in page.root.iter("textarea") if one.get("name") == "document").lstrip(
        "\n"
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "choose a file"),
        (freiburg_goals().encode("latin-1", "replace"), "UTF-8"),
        (b"schema = ", "no valid TOML"),
        (b"\x00\x01", "no valid TOML"),
        (b"x = " + b"[" * 5000, "TOML"),
        (b"schema = 'goals/2'", "format goals/1"),
    ],
)
def test_what_is_no_goal_file_is_refused_in_words(desk: Desk, sent: bytes, words: str) -> None:
    values: dict[str, object] = {"file": (io.BytesIO(sent), "ziele.toml")} if sent else {"document": "  "}
    refused = begin(desk, "file", **values)
    assert refused.status == 400
    assert words in refused.words
    assert versions(desk) == []


def test_an_unknown_way_or_template_begins_nothing(desk: Desk) -> None:
    assert begin(desk, "never").status == 400
    assert begin(desk, "template", template="../secret").status == 400
    assert versions(desk) == []


def publish(draft: GoalDesk) -> Sheet:
    return draft.desk.fill(f"{draft.root}/publish")


def test_publishing_freezes_and_puts_the_version_in_force(desk: Desk) -> None:
    draft = start(desk)
    page = desk.follow(publish(draft))
    assert "Published." in page.words
    assert draft.stored.published_at is not None
    assert "in force" in desk.see("/goals/").words
    assert desk.see("/reports/").status == 200


def test_publishing_shows_what_changes_and_what_is_open(desk: Desk) -> None:
    first = start_with_questions(desk)
    assert publish(first).status == 303
    copied = desk.follow(desk.press("/goals/", "/copy"))
    assert "draft" in copied.words
    draft = GoalDesk(desk, versions(desk)[0].id)
    assert draft.edit("indicators", "I5", target="70").status == 303
    asked = desk.see(f"{draft.root}/publish")
    assert "Indicator I5: changed (Target)" in asked.words
    assert "The text names another number than the target" in asked.words
    assert publish(draft).status == 303
    assert [stored.published_at is not None for stored in versions(desk)] == [True, True]


def test_publishing_what_somebody_changed_meanwhile_is_asked_again(desk: Desk) -> None:
    draft = start_with_questions(desk)
    opened = desk.see(f"{draft.root}/publish").fields()
    assert draft.edit("goals", "D", heading="neu").status == 303
    refused = desk.send(f"{draft.root}/publish", opened)
    assert refused.status == 409
    assert "Somebody changed the draft" in refused.words
    assert draft.stored.published_at is None
    assert desk.send(f"{draft.root}/publish", refused.fields()).status == 303


def test_what_does_not_fit_a_counted_survey_is_not_published(desk: Desk) -> None:
    collector = make_collector(desk.session, desk.network, now=NOW)
    submit_all(desk.session, collector, [{"contacts_made": ["no"]}] * 6)
    housekeeping.close_collector(desk.session, collector.code, network_id=desk.network.id, now=NOW)
    later = NOW + housekeeping.GRACE
    housekeeping.seal_collector(desk.session, collector.code, network_id=desk.network.id, now=later)
    draft = start(desk, freiburg_goals().replace('"yes_several", "yes_one"', '"yes_two"', 1))
    asked = desk.see(f"{draft.root}/publish")
    assert "cannot be published" in asked.words
    assert "Publish for ever" not in asked.words
    assert publish(draft).status == 409
    assert draft.stored.published_at is None
    assert "does not fit a survey" in desk.see(f"{draft.root}/").words


def test_a_difference_names_every_key_with_both_values(desk: Desk) -> None:
    old = start_with_questions(desk)
    indicator = FREIBURG.find_indicator("I5")
    assert indicator is not None
    measure = replace(indicator.measure, affirming=("yes_one",))  # type: ignore[type-var]
    stricter = replace(indicator, target=Fraction(7, 10), measure=measure)
    new = start(desk, write_goals(put_indicator(FREIBURG, stricter, instead_of="I5")))
    page = desk.see(f"{new.root}/changes?since={old.system_id}")
    table = page.words_of("table[@class='table versions']") if page.html.count("table versions") == 1 else page.words
    for words in ("60\u00a0%", "70\u00a0%", "yes, several", "yes, one"):
        assert words.replace("\u00a0", " ") in table.replace("\u00a0", " ")
    assert "Indicator I5 changed" in page.words
    assert "I4" not in page.words
    same = desk.see(f"{new.root}/changes?since={new.system_id}")
    assert same.status == 200


def test_the_first_version_has_nothing_to_compare_with(desk: Desk) -> None:
    draft = start(desk)
    assert "no other version" in desk.see(f"{draft.root}/changes").words


def test_the_text_is_edited_as_a_whole(desk: Desk) -> None:
    draft = start(desk)
    path = f"{draft.root}/text"
    opened = desk.see(path).fields()
    assert opened["document"].replace("\r\n", "\n") == freiburg_goals()
    refused = desk.send(path, opened, document=freiburg_goals().replace('state = "deferred"', 'state = "later"'))
    assert refused.status == 400
    assert "goal[8].state" in refused.words
    assert 'state = "later"' in refused_text(refused)
    assert desk.send(path, opened, document=freiburg_goals().replace("Strategisches Dach", "Deren")).status == 303
    conflict = desk.send(path, opened, document=freiburg_goals().replace("Strategisches Dach", "Meins"))
    assert conflict.status == 409
    assert "Deren LEIF" in conflict.words
    assert "Meins LEIF" in refused_text(conflict)
    assert desk.send(path, conflict.fields()).status == 303
    assert draft.goal("D").heading == "Meins LEIF"
    assert "# [sic]" in draft.stored.document


def test_a_draft_is_discarded_only_after_asking(desk: Desk) -> None:
    draft = start(desk)
    assert "is lost" in desk.see(f"{draft.root}/discard").words
    assert len(versions(desk)) == 1
    assert desk.fill(f"{draft.root}/discard").status == 303
    assert versions(desk) == []
