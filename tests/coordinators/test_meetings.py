"""Recording meetings: everything typed is kept, nothing stored is lost, two editors see each other."""

from datetime import date

from factories import make_collector, make_meeting

from survey_app.domain.book import Topic

from .conftest import Desk

LABELS = tuple(f"Gruppe {number}" for number in range(57))
FULL = {
    "date": date(2017, 4, 26),
    "title": "13. Netzwerktreffen <b>fett</b> & mehr",
    "format": "workshop",
    "status": "held",
    "series_number": 13,
    "motto": "Integration durch Bildung – سلام",
    "place": "Kaufhaus",
    "host": "Stadt",
    "invited": 400,
    "attended_invited": 200,
    "attended_total": 240,
    "good_practice": False,
    "topics": (
        Topic("Sprachbildung", "members", "urgent", "school"),
        Topic(None, "administration", None, None),
        Topic("Aus einer alten Liste", "town_council", "hot", "sports"),
    ),
    "actor_groups": ("politics_administration", "business_chambers", *LABELS),
}


def test_new_meeting_is_recorded_as_typed(desk: Desk) -> None:
    saved = desk.fill(
        "/meetings/new",
        title="  Herbst­treffen\t2026 ",
        date="20.11.2026",
        invited="220",
        attended_invited="0",
        good_practice="yes",
        actor_groups=["club_volunteers", "other"],
        further_groups="Freiwilligenagentur\r\n\r\n Moscheeverein \r\nFreiwilligenagentur",
        **{"topics-1-title": "Übergänge", "topics-1-origin": "members"},
    )
    page = desk.follow(saved)
    assert "Herbst­treffen 2026" in page.words_of("h1")
    meeting = desk.meeting(int(saved.location.rstrip("/").rsplit("/", 1)[1]))
    assert meeting.date == date(2026, 11, 20)
    assert (meeting.invited, meeting.attended_invited, meeting.attended_total) == (220, 0, None)
    assert meeting.good_practice is True
    assert meeting.topics == (Topic("Übergänge", "members", None, None),)
    assert meeting.actor_groups == ("club_volunteers", "other", "Freiwilligenagentur", "Moscheeverein")
    assert (meeting.format, meeting.status) == ("network_meeting", "planned")


def test_untouched_numbers_and_lists_stay_unknown(desk: Desk) -> None:
    saved = desk.fill("/meetings/new", title="Treffen", date="2026-11-20")
    meeting = desk.meeting(int(saved.location.rstrip("/").rsplit("/", 1)[1]))
    unknown = ("invited", "attended_invited", "attended_total", "good_practice", "topics", "actor_groups", "motto")
    assert [getattr(meeting, name) for name in unknown] == [None] * len(unknown)


def test_list_without_entries_is_recorded_as_none_there(desk: Desk) -> None:
    saved = desk.fill("/meetings/new", title="Treffen", date="2026-11-20", topics_unknown=None, groups_unknown=None)
    meeting = desk.meeting(int(saved.location.rstrip("/").rsplit("/", 1)[1]))
    assert (meeting.topics, meeting.actor_groups) == ((), ())


def test_saving_an_untouched_form_changes_nothing(desk: Desk) -> None:
    for changes in ({}, {"topics": None, "actor_groups": None}, {"topics": (), "actor_groups": ()}):
        meeting_id = make_meeting(desk.session, desk.network, **(FULL | changes))
        before = desk.meeting(meeting_id)
        assert desk.fill(f"/meetings/{meeting_id}/edit").status == 303
        assert desk.meeting(meeting_id) == before


def test_another_row_keeps_everything_typed_and_saves_nothing(desk: Desk, meeting_id: int) -> None:
    before = desk.meeting(meeting_id)
    path = f"/meetings/{meeting_id}/edit"
    typed = {"title": "Neu", "invited": "viele", "topics-2-title": "Drittes", "further_groups": "A\nB"}
    page = desk.fill(path, add_topic="1", **typed)
    assert page.status == 200
    fields = page.fields()
    assert {name: fields[name].replace("\r", "") for name in typed} == typed
    assert "topics-3-title" in fields
    assert "error-summary" not in page.html
    assert desk.meeting(meeting_id) == before


def test_empty_row_removes_a_topic(desk: Desk) -> None:
    meeting_id = make_meeting(desk.session, desk.network, **FULL)
    empty = {f"topics-1-{name}": "" for name in ("title", "origin", "rating", "field")}
    assert desk.fill(f"/meetings/{meeting_id}/edit", **empty).status == 303
    assert desk.meeting(meeting_id).topics == (FULL["topics"][0], FULL["topics"][2])


def test_wrong_entry_is_explained_at_its_field_and_everything_is_kept(desk: Desk) -> None:
    meeting_id = make_meeting(desk.session, desk.network, invited=200, attended_invited=80, attended_total=90)
    before = desk.meeting(meeting_id)
    page = desk.fill(f"/meetings/{meeting_id}/edit", motto="Bleibt", attended_total="79", status="exploded")
    assert page.status == 400
    assert "80" in page.message_at("attended_total")
    assert "does not exist" in page.message_at("status")
    assert (page.fields()["motto"], page.fields()["attended_total"]) == ("Bleibt", "79")
    assert desk.meeting(meeting_id) == before


def test_several_wrong_entries_are_all_explained_at_once(desk: Desk) -> None:
    page = desk.fill("/meetings/new", title="", date="gestern", invited="x", **{"topics-0-title": "y" * 301})
    summary = page.words_of("div[@id='error-summary']")
    assert all(label in summary for label in ("Title", "Date", "Persons invited", "Topics"))
    assert "301" in page.message_at("topics-0-title")
    assert "{" not in summary


def test_hostile_row_numbers_are_ignored(desk: Desk, meeting_id: int) -> None:
    before = desk.meeting(meeting_id)
    numbers = ("²", "9" * 5000, "", "1000", "-1", "0x1", "٣")
    names = [*(f"topics-{number}-title" for number in numbers), "topics", "topics-0-x", "topics-0"]
    assert desk.fill(f"/meetings/{meeting_id}/edit", **dict.fromkeys(names, "x")).status == 303
    assert desk.meeting(meeting_id) == before


def test_rows_beyond_the_limit_are_not_stored(desk: Desk, meeting_id: int) -> None:
    rows = {f"topics-{number}-title": f"Thema {number}" for number in range(100)}
    assert desk.fill(f"/meetings/{meeting_id}/edit", **rows).status == 303
    assert len(desk.meeting(meeting_id).topics) == 60


def test_fields_that_the_form_does_not_have_are_ignored(desk: Desk, meeting_id: int) -> None:
    before = desk.meeting(meeting_id)
    extra = {"id": "99", "network_id": "2", "meeting_id": "7", "role": "network_admin", "is_synthetic": "1"}
    assert desk.fill(f"/meetings/{meeting_id}/edit", **extra).status == 303
    assert desk.meeting(meeting_id) == before


def test_second_editor_sees_both_versions_and_nothing_is_overwritten(desk: Desk, meeting_id: int) -> None:
    path = f"/meetings/{meeting_id}/edit"
    opened = desk.see(path).fields()
    assert desk.fill(path, title="Titel der Ersten", place="Rathaus").status == 303
    refused = desk.send(path, opened, title="Titel der Zweiten", motto="Mein Motto")
    assert refused.status == 409
    table = refused.words_of("table")
    assert all(words in table for words in ("Titel der Ersten", "Titel der Zweiten", "Rathaus", "Mein Motto"))
    assert refused.fields()["title"] == "Titel der Zweiten"
    assert desk.meeting(meeting_id).title == "Titel der Ersten"
    assert desk.send(path, refused.fields()).status == 303
    assert desk.meeting(meeting_id).title == "Titel der Zweiten"


def test_nonsense_revision_conflicts_instead_of_overwriting(desk: Desk, meeting_id: int) -> None:
    path = f"/meetings/{meeting_id}/edit"
    fields = desk.see(path).fields()
    for revision in ("", "0", "abc", "-1", "9" * 60, "²"):
        assert desk.send(path, fields, title="Neu", revision=revision).status == 409, revision
    assert desk.meeting(meeting_id).title == "Herbsttreffen"


def test_meeting_without_survey_can_be_removed(desk: Desk, meeting_id: int) -> None:
    listed = desk.follow(desk.fill(f"/meetings/{meeting_id}/delete"))
    assert "Herbsttreffen" not in listed.words
    assert desk.see(f"/meetings/{meeting_id}/").status == 404


def test_meeting_with_survey_stays(desk: Desk, meeting_id: int) -> None:
    fields = desk.see(f"/meetings/{meeting_id}/delete").fields()
    make_collector(desk.session, desk.network, meeting_id=meeting_id)
    refused = desk.send(f"/meetings/{meeting_id}/delete", fields)
    assert refused.status == 409
    assert desk.see(f"/meetings/{meeting_id}/").status == 200


def test_list_says_plainly_what_is_missing(desk: Desk) -> None:
    make_meeting(desk.session, desk.network, title="Alt", date=date(2016, 5, 1), topics=None)
    make_meeting(desk.session, desk.network, title="Abgesagt", date=date(2015, 5, 1), status="cancelled", topics=None)
    page = desk.see("/meetings/")
    items = {
        item.find(".//h3").find("a")[0].text: "".join(item.itertext())
        for item in page.root.iter("li")
        if item.find(".//h3") is not None
    }
    for gap in ("attendance not recorded", "invitations not recorded", "topics not recorded"):
        assert gap in items["Alt"]
        assert gap not in items["Abgesagt"]
    assert "The record of 1 is incomplete." in page.words


def test_page_escapes_what_people_typed(desk: Desk) -> None:
    payload = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'
    values = {"title": payload, "motto": payload, "place": payload, "host": payload}
    meeting_id = make_meeting(
        desk.session,
        desk.network,
        **values,
        topics=(Topic(payload, payload, payload, payload),),
        actor_groups=(payload,),
    )
    for path in (
        "/meetings/",
        f"/meetings/{meeting_id}/",
        f"/meetings/{meeting_id}/edit",
        f"/meetings/{meeting_id}/delete",
    ):
        page = desk.see(path)
        assert page.status == 200
        assert payload not in page.html
        assert payload.replace("  ", " ") in page.words or path.endswith("edit")


def test_missing_survey_is_said_once(desk: Desk) -> None:
    meeting_id = make_meeting(desk.session, desk.network, date=date(2199, 5, 1))
    page = desk.see(f"/meetings/{meeting_id}/")
    assert page.words.count("This meeting has no survey yet.") == 1
    assert "no survey" not in page.words.replace("has no survey yet", "")
    assert "Open survey" in page.links()


def test_past_meeting_without_survey_says_so_once_and_can_have_one(desk: Desk) -> None:
    meeting_id = make_meeting(desk.session, desk.network, date=date(2016, 5, 1), status="held")
    page = desk.see(f"/meetings/{meeting_id}/")
    assert page.words.count("This meeting has no survey yet.") == 1
    assert "attendance not recorded" in page.words
    assert "Open survey" in page.links()
