"""Which plural form a number takes: the rule of a catalogue's header, held against what CLDR knows of the language."""

import re
from collections import defaultdict
from functools import cache
from gettext import c2py

from babel import Locale
from babel.messages.plurals import PLURALS, get_plural
from babel.plural import to_gettext

_SIMPLE = ("(n != 1)", "(n > 1)")
_COUNTED = range(1000)
"""Beyond these no rule of CLDR for whole numbers says anything new, but for millions in Romance languages."""


def find_plural_header(locale: str) -> str:
    """Return the rule for a new catalogue: the usual one of gettext where there is one, else CLDR's own."""
    if _is_usual(locale):
        return str(get_plural(locale).plural_forms).strip()
    rule = str(to_gettext(Locale.parse(locale).plural_form))
    # CLDR also tells millions and fractions apart, which gettext has no letters for.
    if not re.search(r"\b[^n\W\d]\b", rule.split("plural=")[1]):
        return rule
    fitting = (simple for simple in _SIMPLE if not check_plural_rule(locale, 2, simple))
    return f"nplurals=2; plural={next(fitting, _SIMPLE[0])};"


def check_plural_rule(locale: str, count: int, expression: str) -> str:
    """Return what is wrong with a rule, or "".

    Args:
        count: how many forms there are.
        expression: which of them a number n takes, in the words of gettext.
    """
    try:
        choose = c2py(expression)
    except ValueError:
        return f"cannot be read: {expression}"
    expected = _count_forms(locale)
    if count not in expected:
        return f"has {count} forms, {locale} has {expected[0]}"
    if _is_usual(locale) and expression == get_plural(locale).plural_expr:
        return ""
    forms: dict[str, set[int]] = defaultdict(set)
    for number in _COUNTED:
        forms[_category_of(locale, number)].add(choose(number))
    if max(max(chosen) for chosen in forms.values()) >= count:
        return f"leads beyond its {count} forms"
    torn = sorted(category for category, chosen in forms.items() if len(chosen) > 1)
    return f"does not fit {locale}: numbers of the kind “{torn[0]}” take different forms" if torn else ""


@cache
def list_counted(expression: str, form: int) -> tuple[int, ...]:
    """Return the numbers below 1000 that take a form."""
    choose = c2py(expression)
    return tuple(number for number in _COUNTED if choose(number) == form)


def _is_usual(locale: str) -> bool:
    """Tell whether gettext has a rule for the language that everybody uses."""
    return locale in PLURALS or locale.split("_", maxsplit=1)[0] in PLURALS


def _count_forms(locale: str) -> tuple[int, ...]:
    """Return how many forms there may be; CLDR's kinds for fractions may count."""
    if _is_usual(locale):
        return (int(get_plural(locale).num_plurals),)
    taken = {_category_of(locale, number) for number in _COUNTED}
    return len(taken), len(Locale.parse(locale).plural_form.tags | {"other"})


def _category_of(locale: str, number: int) -> str:
    return str(Locale.parse(locale).plural_form(number))
