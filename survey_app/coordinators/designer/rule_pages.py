"""The page on which somebody says to whom a question is put."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import HiddenField

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.comparison import Difference
from survey_app.coordinators.designer import desk, rule_rows
from survey_app.coordinators.designer.describing import describe_item
from survey_app.coordinators.designer.desk import ITEM
from survey_app.coordinators.designer.rule_rows import RuleRow
from survey_app.coordinators.fields import CoordinatorForm, submitted_form
from survey_app.domain.conditions import Condition
from survey_app.domain.errors import ConflictingRevision
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.questionnaire_editing import put_show_if
from survey_app.services.questionnaire_design import Step, StoredQuestionnaire
from survey_app.web.gate import needs


class RulesForm(CoordinatorForm):
    """The rules of one item; their rows are read by themselves."""

    seen = HiddenField()


@bp.route(f"{ITEM}/rules", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_item_rules(version_id: int, item_code: str) -> ResponseReturnValue:
    """Change under which earlier answers a question is shown; all rules must hold."""
    stored = desk.load_draft(version_id)
    item = desk.find_item(stored.questionnaire, item_code)
    posted = submitted_form()
    form = RulesForm(posted, data={"seen": desk.fingerprint(item.show_if)})
    if posted is None:
        return _show(form, stored, item, rule_rows.show_rows(item.show_if))
    rows = rule_rows.find_rows(posted)
    if "refresh" in posted:
        return _show(form, stored, item, rows)
    form.validate()
    askable = {one.code: one for one in rule_rows.list_askable(stored.questionnaire, item_code)}
    conditions = rule_rows.read_rows(rows, askable, gettext("Please choose at least one answer."))
    if form.errors or any(row.message for row in rows):
        form.add_message("", gettext("A rule is not complete."))
        return _show(form, stored, item, rows, status=400)
    return _save(form, stored, item, rows, conditions)


def _save(
    form: RulesForm, stored: StoredQuestionnaire, item: Item, rows: list[RuleRow], conditions: list[Condition]
) -> ResponseReturnValue:
    def edit(questionnaire: Questionnaire) -> Questionnaire:
        now = questionnaire.find_item(item.code)
        desk.ensure_untouched(None if now is None else now.show_if, form.seen.data)
        return put_show_if(questionnaire, item.code, conditions)

    outcome = desk.save(stored.id, edit, form, Step("conditions_changed", item.code))
    if isinstance(outcome, ConflictingRevision):
        now = desk.load_draft(stored.id)
        theirs = desk.find_item(now.questionnaire, item.code)
        form.seen.data = desk.fingerprint(theirs.show_if)
        both = (put_show_if(now.questionnaire, item.code, conditions), now.questionnaire)
        mine, other = (dict(describe_item(one, item.code))[gettext("Shown to")] for one in both)
        return _show(form, now, theirs, rows, conflict=[Difference(gettext("Shown to"), mine, other)], status=409)
    if outcome is None:
        return _show(form, stored, item, rows, status=400)
    flash(gettext("Saved."), "success")
    return redirect(desk.back_to(stored.id, item.code), 303)


def _show(
    form: RulesForm,
    stored: StoredQuestionnaire,
    item: Item,
    rows: list[RuleRow],
    *,
    conflict: list[Difference] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    askable = {one.code: one for one in rule_rows.list_askable(stored.questionnaire, item.code)}
    page = render_template(
        "coordinators/designer/rules_form.html",
        form=form,
        stored=stored,
        item=item,
        rows=[row for row in rows if row.field in askable],
        askable=askable,
        rule_rows=rule_rows,
        name_item=lambda code: desk.name_item(stored.questionnaire, code),
        source=stored.questionnaire.source_language,
        conflict=conflict,
    )
    return page, status
