"""How hard a German text is to read, in school years."""

import re

from survey_app.domain.text import PLAIN_GERMAN

_SENTENCE = re.compile(r"[^.!?:;]+[.!?:;]*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SYLLABLE = re.compile(r"[aeiouyäöüéèáà]+", re.IGNORECASE)
_FEWEST_WORDS = 8


def school_years(text: str, language: str) -> float | None:
    """Return the school year in which a text can be read; None for other languages and texts of a few words.

    Source:
        Bamberger and Vanecek, Lesen – Verstehen – Lernen – Schreiben, 1984: fourth "Wiener Sachtextformel",
        0.2744 MS + 0.2656 SL - 1.693 (MS: share of words of three syllables or more in per cent, SL: words per
        sentence). Syllables are counted as groups of vowels.
    """
    words = _WORD.findall(text)
    if language not in ("de", PLAIN_GERMAN) or len(words) < _FEWEST_WORDS:
        return None
    sentences = [part for part in _SENTENCE.findall(text) if _WORD.search(part)]
    long_share = sum(len(_SYLLABLE.findall(word)) >= 3 for word in words) * 100 / len(words)
    return 0.2744 * long_share + 0.2656 * len(words) / len(sentences) - 1.693
