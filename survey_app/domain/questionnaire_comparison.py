"""What differs between two questionnaires: items that came, went, changed or moved, texts, languages."""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from survey_app.domain.help_texts import help_of
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.text import Text


class Difference(StrEnum):
    """What happened to a part from one questionnaire to the other."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PartDifference:
    """One part that differs.

    Attributes:
        code: of an item, or key of a text of the questionnaire.
        is_item: False for a text of the questionnaire.
        languages: in which the wording of a changed part differs.
        is_structural: whether more than wording changed.
    """

    code: str
    kind: Difference
    is_item: bool = True
    languages: tuple[str, ...] = ()
    is_structural: bool = False


def compare_questionnaires(before: Questionnaire, after: Questionnaire) -> tuple[PartDifference, ...]:
    """Return what differs, texts first, then items in the order of the later questionnaire, removed ones at the end."""
    keys = dict.fromkeys((*after.texts, *before.texts))
    hints = {item.hint for one in (before, after) for item in one.items if item.hint}
    found = [_compare_text(before, after, key) for key in keys if key not in hints]
    moved = _find_moved(before, after)
    found += [_compare_item(before, after, item, moved) for item in after.items]
    gone = [item.code for item in before.items if after.find_item(item.code) is None]
    return (*(one for one in found if one), *(PartDifference(code, Difference.REMOVED) for code in gone))


def compare_languages(before: Questionnaire, after: Questionnaire) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the languages that only the later, and those that only the earlier questionnaire is offered in."""
    came = tuple(tag for tag in after.languages if tag not in before.languages)
    return came, tuple(tag for tag in before.languages if tag not in after.languages)


def _compare_text(before: Questionnaire, after: Questionnaire, key: str) -> PartDifference | None:
    old, new = before.texts.get(key, {}), after.texts.get(key, {})
    languages = _differing(old, new)
    if not languages:
        return None
    kind = Difference.ADDED if not old else Difference.REMOVED if not new else Difference.CHANGED
    return PartDifference(key, kind, is_item=False, languages=languages)


def _compare_item(before: Questionnaire, after: Questionnaire, item: Item, moved: set[str]) -> PartDifference | None:
    old = before.find_item(item.code)
    if old is None:
        return PartDifference(item.code, Difference.ADDED)
    languages = _differing(old.texts, item.texts, help_of(before, old), help_of(after, item))
    words = {choice.code: choice.texts for choice in old.options}
    for choice in item.options:
        languages = tuple(dict.fromkeys((*languages, *_differing(words.get(choice.code, choice.texts), choice.texts))))
    is_structural = _bare(old) != _bare(item)
    if languages or is_structural:
        return PartDifference(item.code, Difference.CHANGED, languages=languages, is_structural=is_structural)
    return PartDifference(item.code, Difference.MOVED) if item.code in moved else None


def _differing(*pairs: Text) -> tuple[str, ...]:
    """Return the languages in which any two texts, given pairwise, differ."""
    found = [
        tag
        for old, new in zip(pairs[::2], pairs[1::2], strict=True)
        for tag in dict.fromkeys((*old, *new))
        if old.get(tag, "") != new.get(tag, "")
    ]
    return tuple(dict.fromkeys(found))


def _bare(item: Item) -> Item:
    """Return an item without its words."""
    options = tuple(replace(choice, texts={}) for choice in item.options)
    classes = tuple(replace(entry, texts={}) for entry in item.classes)
    return replace(item, texts={}, hint=None, options=options, classes=classes)


def _find_moved(before: Questionnaire, after: Questionnaire) -> set[str]:
    """Return the codes of items that others have passed, as few as possible."""
    both = {item.code for item in before.items} & {item.code for item in after.items}
    old = [item.code for item in before.items if item.code in both]
    new = [item.code for item in after.items if item.code in both]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {code for block in blocks for code in new[block.b : block.b + block.size]}
    return both - kept
