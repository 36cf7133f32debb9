"""What an XLSForm has no place for, in words; fields of a questionnaire that belong together share theirs."""

from collections.abc import Iterable, Mapping

from flask_babel import LazyString, lazy_gettext

from survey_app.domain.errors import Problem

_TRANSLATIONS = lazy_gettext("how far translations are")
_VERSIONS = lazy_gettext("versions of questions")
_SPECIAL = lazy_gettext("answers that stand apart, alone or last")
_OTHER = lazy_gettext("wording, rules or limits of single questions")

_WORDS: Mapping[str, LazyString] = {
    "status": _TRANSLATIONS,
    "reviewed": _TRANSLATIONS,
    "item.number": lazy_gettext("numbers of questions"),
    "item.version": _VERSIONS,
    "item.equivalent_to": _VERSIONS,
    "item.sensitive": lazy_gettext("marks of sensitive questions"),
    "item.indicators": lazy_gettext("links to indicators"),
    "item.module": lazy_gettext("optional parts"),
    "item.classes": lazy_gettext("classes of numbers and dates"),
    "item.key_variable": lazy_gettext("groups for breakdowns"),
    "choice.leaves_base": lazy_gettext("answers that leave the base"),
    "choice.set_off": _SPECIAL,
    "choice.exclusive": _SPECIAL,
    "choice.last": _SPECIAL,
}


def name_losses(losses: Iterable[Problem]) -> tuple[str, ...]:
    """Return what is lost, each thing once."""
    return tuple(dict.fromkeys(str(_WORDS.get(loss.place, _OTHER)) for loss in losses))
