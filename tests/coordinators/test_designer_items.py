"""Items of a draft at the coordinators' door: two people at once, order, rules, and taking back."""

from survey_app.domain.conditions import Condition, Operator
from survey_app.services import questionnaire_design as design

from .conftest import Desk
from .design_desk import codes, draft_of, last_item, last_saved, press_at, root_of, undo
from .visiting import Sheet


def test_both_texts_are_shown_when_two_change_the_same_question(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/items/impulses/"
    opened = desk.see(path).fields()
    assert desk.fill(path, text="Ihre Fassung?").status == 303
    sheet = desk.send(path, opened, text="Unsere Fassung?")
    assert sheet.status == 409
    assert "Ihre Fassung?" in sheet.words
    assert "Unsere Fassung?" in sheet.words
    assert last_saved(desk, standard_id, "impulses") == "Ihre Fassung?"
    assert desk.send(path, sheet.fields()).status == 303
    assert last_saved(desk, standard_id, "impulses") == "Unsere Fassung?"


def test_two_people_do_not_disturb_each_other_when_they_change_different_questions(
    desk: Desk, standard_id: int
) -> None:
    opened = desk.see(f"{root_of(standard_id)}/items/benefit/").fields()
    desk.fill(f"{root_of(standard_id)}/items/impulses/", text="Eins?")
    assert desk.send(f"{root_of(standard_id)}/items/benefit/", opened, text="Zwei?").status == 303
    assert [last_saved(desk, standard_id, code) for code in ("impulses", "benefit")] == ["Eins?", "Zwei?"]


def test_what_was_typed_can_be_added_anew_when_the_question_is_gone(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/items/remarks/"
    opened = desk.see(path).fields()
    desk.fill(f"{path}remove")
    sheet = desk.send(path, opened, text="Noch etwas?")
    assert sheet.status == 409
    added = desk.post(f"{desk.root}{root_of(standard_id)}/add/text", sheet.fields())
    assert added.status == 303
    assert last_item(desk, standard_id).texts["de"] == "Noch etwas?"


def test_a_script_saves_while_somebody_writes_and_all_of_it_is_one_step(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/items/impulses/"
    fields = desk.see(path).fields()
    for words in ("N", "Ne", "Neu?"):
        answer = desk.client.post(desk.root + path, data={**fields, "text": words, "autosave": "1"})
        assert answer.status_code == 200
        fields["seen"] = answer.json["seen"]
    assert desk.client.post(desk.root + path, data={**fields, "text": "", "autosave": "1"}).status_code == 400
    desk.session.rollback()
    assert len(design.list_steps(desk.session, standard_id, network_id=desk.network.id)) == 1
    fields["seen"] = "stale"
    assert desk.client.post(desk.root + path, data={**fields, "autosave": "1"}).status_code == 409
    assert last_saved(desk, standard_id, "impulses") == "Neu?"
    undo(desk, standard_id)
    assert (
        last_saved(desk, standard_id, "impulses")
        == "Haben Sie durch das Netzwerk Impulse für Ihre Einrichtung oder Gruppe erhalten?"
    )


def test_nothing_is_undone_when_somebody_saved_since_the_page_was_shown(desk: Desk, standard_id: int) -> None:
    desk.fill(f"{root_of(standard_id)}/items/impulses/", text="Eins?")
    token = desk.see(f"{root_of(standard_id)}/items/impulses/").fields()["csrf_token"]
    for revision in ("1", "x", ""):
        sheet = desk.post(f"{desk.root}{root_of(standard_id)}/undo", {"csrf_token": token, "revision": revision})
        assert "Nothing was undone" in desk.follow(sheet).words
    assert last_saved(desk, standard_id, "impulses") == "Eins?"


def test_order_changes_by_buttons_and_comes_back_by_undoing(desk: Desk, standard_id: int) -> None:
    before = codes(desk, standard_id)
    press_at(desk, standard_id, before[1], "move", up="1")
    assert codes(desk, standard_id)[:2] == [before[1], before[0]]
    press_at(desk, standard_id, before[0], "move", position="14")
    assert codes(desk, standard_id)[-1] == before[0]
    press_at(desk, standard_id, before[2], "copy")
    assert f"{before[2]}_2" in codes(desk, standard_id)
    desk.fill(f"{root_of(standard_id)}/items/{before[3]}/remove")
    assert before[3] not in codes(desk, standard_id)
    for _step in range(4):
        sheet = undo(desk, standard_id)
        assert "Undone:" in sheet.words
    assert codes(desk, standard_id) == before


def test_a_question_stays_behind_what_it_depends_on_and_says_why(desk: Desk, standard_id: int) -> None:
    rule = {"new": "attendance_count", "refresh": "add"}
    path = f"{root_of(standard_id)}/items/topics_central/rules"
    opened = desk.fill(path, **rule)
    sent = {"rule-0-operator": "in", "rule-0-value": ["two_three", "four_plus"]}
    assert desk.send(path, opened.fields(), **sent).status == 303
    item = draft_of(desk, standard_id).find_item("topics_central")
    assert item.show_if == (Condition("attendance_count", Operator.IN, ("two_three", "four_plus")),)
    assert "zum zweiten oder dritten Mal" in desk.see(f"{root_of(standard_id)}/").words
    sheet = desk.follow(press_at(desk, standard_id, "topics_central", "move", up="1"))
    assert "must stay behind it" in sheet.words
    refused = desk.fill(f"{root_of(standard_id)}/items/attendance_count/", **{"options-1-words": ""})
    assert refused.status == 400
    assert "asked for by a rule" in refused.message_at("options")
    removal = desk.see(f"{root_of(standard_id)}/items/attendance_count/remove")
    assert "Other questions depend on it" in removal.words


def test_a_rule_without_an_answer_is_refused_where_it_stands(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/items/benefit/rules"
    opened = desk.fill(path, new="impulses", refresh="add")
    sheet = desk.send(path, opened.fields(), **{"rule-0-operator": "in"})
    assert sheet.status == 400
    assert "Please choose at least one answer." in sheet.words
    for operator, expected in (("present", True), ("absent", False)):
        sheet = desk.send(
            path, desk.fill(path, new="impulses", refresh="add").fields(), **{"rule-0-operator": operator}
        )
        assert draft_of(desk, standard_id).find_item("benefit").show_if[0].value is expected
        removed = desk.fill(path, refresh="remove:0")
        desk.send(path, removed.fields())
        assert draft_of(desk, standard_id).find_item("benefit").show_if == ()


def test_rules_that_nobody_can_meet_are_refused(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/items/benefit/rules"
    first = desk.send(path, desk.fill(path, new="impulses", refresh="add").fields(), new="impulses", refresh="add")
    sent = {"rule-0-operator": "in", "rule-0-value": "yes", "rule-1-operator": "in", "rule-1-value": "no"}
    sheet = desk.send(path, first.fields(), **sent)
    assert sheet.status == 400
    assert "Nobody would ever see this" in sheet.words


def test_a_new_answer_keeps_the_short_name_it_got_while_somebody_writes(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/items/impulses/"
    fields = desk.see(path).fields()
    number = next(name for name in fields if name.endswith("-words") and not fields[name])
    for words in ("vielleicht", "vielleicht später"):
        sent = {**fields, number: words, "autosave": "1"}
        answer = desk.client.post(desk.root + path, data=sent)
        fields["seen"] = answer.json["seen"]
        for name, code in answer.json["codes"].items():
            fields[name] = code
    item = draft_of(desk, standard_id).find_item("impulses")
    assert [(choice.code, choice.texts["de"]) for choice in item.options][2] == ("vielleicht", "vielleicht später")


def test_a_question_is_put_before_another(desk: Desk, standard_id: int) -> None:
    links = desk.see(f"{root_of(standard_id)}/items/benefit/").links()
    kinds = Sheet(desk.client.get(links["Add a question before this one"])).links()
    path = kinds["Short text"].removeprefix(desk.root)
    assert desk.fill(path, text="Davor?").status == 303
    order = codes(desk, standard_id)
    assert order.index("davor") == order.index("benefit") - 1


def test_another_meaning_is_the_next_version_however_often_it_is_saved(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/items/impulses/"
    states = []
    for meaning in ("new", "new", "comparable", "same", "comparable", "nonsense"):
        assert desk.fill(path, meaning=meaning).status == 303
        item = draft_of(desk, standard_id).find_item("impulses")
        states.append((item.version, item.equivalent_to))
        if meaning != "nonsense":
            assert desk.see(path).fields()["meaning"] == meaning
    assert states == [(2, ()), (2, ()), (2, (1,)), (1, ()), (2, (1,)), (2, (1,))]


def test_a_question_that_was_never_published_has_one_meaning(desk: Desk, empty_id: int) -> None:
    desk.fill(f"{root_of(empty_id)}/add/text", text="Wie?")
    path = f"{root_of(empty_id)}/items/wie/"
    assert "Compared with the published version" not in desk.see(path).words
    assert desk.fill(path, meaning="new").status == 303
    assert draft_of(desk, empty_id).items[0].version == 1
