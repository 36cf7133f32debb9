"""Does a question ask what its indicator says? A comparison of words, for people to judge.

German only, as the goals are. Endings and separable prefixes are stripped so coarsely that "Bildungsangeboten" meets
"Bildungsangebote" and "aufgreift" meets "greift"; a word too many in the warning costs a glance, a missing one costs
a wrong report.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from survey_app.evaluation.goals.indicators import Indicator, Kind

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%|Prozent)?")
_FEMALE_FORM = re.compile(r"(?<=\w)[/:*_]-?(?:innen|in)\b")
_ENDINGS = ("innen", "ern", "est", "ten", "tet", "in", "em", "er", "en", "es", "et", "te", "st", "e", "n", "s", "t")
_SHORTEST_STEM = 3
_PREFIXES = ("auf", "an", "ab", "aus", "bei", "ein", "mit", "nach", "vor", "zu", "zusammen", "zurück", "teil", "weiter")
# Words that carry no meaning of their own, and the frame "mindestens … der Befragten geben an, dass …".
_EMPTY_WORDS = """
    aber als am an auch auf aus bei beim bin bis bist da damit das dass dein dem den der des die dies diese
    diesem diesen dieser dieses du durch ein eine einem einen einer eines er es etwas euch euer für gar gern
    haben habe hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in ist ja je kann
    können könnten man mit möchten möglich nach nein noch ob oder per schon sein seine seinem seinen seiner sich
    sie sind so sonst über um und uns unser unsere unserem unseren unserer vom von vor war waren wäre wären wann
    was welche welchem welchen welcher welches wenn wer werden wie wird wo worden wurde wurden würde würden zu
    zum zur zwischen eigen eigene eigenen eigener bzw beziehungsweise mindestens höchstens mind max befragten
    befragte befragter geben gibt angaben angeben sagen sagt teilnehmenden mitglieder mitgliedern personen
    prozent freiwillig bitte
    """
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class WordingDifference:
    """What two wordings do not share, each word once, in the order of its text."""

    only_in_indicator: tuple[str, ...]
    only_in_question: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether both say the same, as far as words can tell."""
        return not self.only_in_indicator and not self.only_in_question


def audit_wording(indicator_text: str, question: str) -> WordingDifference:
    """Return the words with which an indicator and its question differ."""
    mine, other = _find_words(indicator_text), _find_words(question)
    return WordingDifference(_without(mine, other), _without(other, mine))


def find_contradicting_number(indicator: Indicator) -> Fraction | None:
    """Return the number that the text of an indicator names although its target is another one; None if there is none.

    A percentage counts as a share. Only a text with exactly one number can contradict: a second one may mean
    something else, such as a year.
    """
    targets = {entry.value for entry in indicator.targets} | ({indicator.target} - {None})
    numbers = {_read_number(found) for found in _NUMBER.finditer(indicator.text)}
    if not targets or len(numbers) != 1 or indicator.kind is Kind.MANUAL_VALUE:
        return None
    (number,) = numbers
    return None if number in targets else number


def _read_number(found: re.Match[str]) -> Fraction:
    number = Fraction(Decimal(found[1].replace(",", ".")))
    return number / 100 if found[2] else number


def _find_words(text: str) -> dict[str, str]:
    """Return the words that mean something by their stems, in order."""
    words: dict[str, str] = {}
    for word in _WORD.findall(_FEMALE_FORM.sub("", text)):
        if word.casefold() not in _EMPTY and len(word) > 1:
            words.setdefault(_stem(word), word)
    return words


def _without(words: dict[str, str], others: dict[str, str]) -> tuple[str, ...]:
    return tuple(word for stem, word in words.items() if not _is_among(stem, others))


def _is_among(stem: str, others: Iterable[str]) -> bool:
    forms = {stem, *_without_prefix(stem)}
    return any(forms & {other, *_without_prefix(other)} for other in others) or stem in _PREFIXES


def _without_prefix(stem: str) -> Iterable[str]:
    for prefix in _PREFIXES:
        rest = stem.removeprefix(prefix)
        if rest != stem and len(rest) > _SHORTEST_STEM:
            yield rest


def _stem(word: str) -> str:
    stem, before = word.casefold(), ""
    while stem != before:
        before = stem
        ending = next((end for end in _ENDINGS if stem.endswith(end) and len(stem) - len(end) >= _SHORTEST_STEM), "")
        stem = stem.removesuffix(ending)
    return stem
