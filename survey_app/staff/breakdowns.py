"""A share by groups, in the words of the question that names the groups; what is hidden says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from survey_app.domain.questionnaire import NO_ANSWER, Item, Questionnaire
from survey_app.evaluation import Breakdown, Group, IndicatorResult, Row
from survey_app.evaluation.wording.display import SHOW_PERCENT_FROM
from survey_app.staff.phrases import Phrase, phrase_of
from survey_app.web.figures import mask_text, number_text, people_text, share_text
from survey_app.web.locale import current_language


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group as it is read.

    Attributes:
        names: several where groups are told together.
        share: words where (nearly) all answered alike, empty where a percentage would be too much.
        counts: "14 of 23", or only of how many people where the first is not told.
        width: the share as a number from 0 to 100 for the bar, None without one.
    """

    names: tuple[Phrase, ...]
    share: str
    counts: str
    width: str | None


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The share of one survey by one criterion.

    Attributes:
        question: by whose answers people are grouped.
        together: the hidden groups as one line, where they may be told together.
        hidden: names of the groups that are not told.
    """

    criterion: str
    question: Phrase
    lines: tuple[GroupLine, ...]
    together: GroupLine | None
    hidden: tuple[Phrase, ...]


def find_grouped_row(result: IndicatorResult) -> Row | None:
    """Return the row that is broken down: the headline, or of pooled answers the latest survey; None without one."""
    latest = result.by_survey[-1:] if result.by_survey else ()
    return next((row for row in (result.headline_row, *latest) if any(map(_has_groups, row.groups))), None)


def _has_groups(breakdown: Breakdown) -> bool:
    """Tell whether there is more than one group; a single one is everybody."""
    return len(breakdown.shown) + len(breakdown.hidden) > 1


def build_tables(row: Row, questionnaires: Iterable[Questionnaire]) -> tuple[GroupTable, ...]:
    """Return the tables of a row, one criterion each and never crossed.

    Args:
        questionnaires: published ones; the latest that asks for the groups gives their names.
    """
    latest_first = sorted(questionnaires, key=lambda one: one.version, reverse=True)
    return tuple(_build_table(breakdown, latest_first) for breakdown in row.groups if _has_groups(breakdown))


def _build_table(breakdown: Breakdown, questionnaires: Iterable[Questionnaire]) -> GroupTable:
    asked = ((one, item) for one in questionnaires if (item := one.find_item(breakdown.by)) is not None)
    questionnaire, item = next(asked, (None, None))
    source = "de" if questionnaire is None else questionnaire.source_language
    question = Phrase(breakdown.by, source) if item is None else phrase_of(item.texts, source)
    classes = {} if item is None else _name_classes(item, source)

    def name(code: str) -> Phrase:
        return classes.get(code) or _name_rest(code, source)

    hidden = tuple(name(code) for code in breakdown.hidden)
    return GroupTable(
        criterion=breakdown.by,
        question=question,
        lines=tuple(_build_line((name(group.code),), group) for group in breakdown.shown),
        together=None if breakdown.pooled is None else _build_line(hidden, breakdown.pooled),
        hidden=() if breakdown.pooled is not None else hidden,
    )


def _name_classes(item: Item, source: str) -> Mapping[str, Phrase]:
    """Return the name of each class: the answers that belong to it."""
    texts = {choice.code: phrase_of(choice.texts, source) for choice in (*item.options, *item.classes)}
    named = {}
    for code, members in item.key_variable.items():
        parts = [texts[member] for member in members if member in texts]
        if parts:
            named[code] = Phrase(" / ".join(part.text for part in parts), parts[0].language)
    return named


def _name_rest(code: str, source: str) -> Phrase:
    if code == NO_ANSWER:
        return Phrase(gettext("without this information"), current_language().tag)
    return Phrase(code, source)


def _build_line(names: tuple[Phrase, ...], group: Group) -> GroupLine:
    if group.value is None or group.numerator is None:
        return GroupLine(names, mask_text(group.mask), people_text(group.base), None)
    has_percent = group.base >= SHOW_PERCENT_FROM
    return GroupLine(
        names,
        share_text(group.value) if has_percent else "",
        gettext("%(part)s of %(whole)s", part=number_text(group.numerator), whole=number_text(group.base)),
        f"{float(group.value * 100):.2f}" if has_percent else None,
    )
