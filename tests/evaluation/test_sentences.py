"""The German sentences: numbers first, the reason for every doubt, and no number that is withheld."""

from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, report, survey

STATEMENT = '"sehen einen Nutzen"'


def sentence(*surveys: dict[str, Any], cut_off: str = "2024-12-31", **keys: str) -> str:
    keys = {"statement": STATEMENT} | keys
    rows = report(goals(indicator(**keys)), facts(*surveys, cut_off=cut_off)).indicators[0].rows
    return rows[-1].sentence_de.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("counts", "attended", "keys", "expected"),
    [
        (
            item(47, 17), 112, {},
            "47 von 64 Befragten (73 %) sehen einen Nutzen. Ziel: mindestens 60 %. Im Messwert ist das Ziel erreicht. "
            "Gesichert ist das nicht: Es wäre verfehlt, wenn von den 48 Anwesenden ohne Antwort weniger als 42 % "
            "zustimmten.",
        ),
        (
            item(23, 47), 118, {"target": "0.2"},
            "23 von 70 Befragten (33 %) sehen einen Nutzen. Ziel: mindestens 20 %. Im Messwert ist das Ziel erreicht. "
            "Gesichert ist das nicht: Es wäre verfehlt, wenn von den 48 Anwesenden ohne Antwort weniger als 1,3 % "
            "zustimmten.",
        ),
        (
            item(42, 28), 118, {},
            "42 von 70 Befragten (60 %) sehen einen Nutzen. Ziel: mindestens 60 %. Der Messwert erreicht das Ziel "
            "genau. Gesichert ist das nicht: Es wäre verfehlt, wenn von den 48 Anwesenden ohne Antwort weniger als "
            "60 % zustimmten.",
        ),
        (
            item(60, 0), 100, {},
            "60 von 60 Befragten (100 %) sehen einen Nutzen. Ziel: mindestens 60 %. Das Ziel ist erreicht, auch wenn "
            "die Zustimmung unter den 40 Anwesenden ohne Antwort um bis zu 20 Prozentpunkte niedriger läge.",
        ),
        (
            item(12, 8), 20, {},
            "12 von 20 Befragten (60 %) sehen einen Nutzen. Ziel: mindestens 60 %. Das Ziel ist erreicht; alle "
            "Anwesenden haben geantwortet.",
        ),
        (
            item(8, 12), 20, {},
            "8 von 20 Befragten (40 %) sehen einen Nutzen. Ziel: mindestens 60 %. Das Ziel ist verfehlt; alle "
            "Anwesenden haben geantwortet.",
        ),
        (
            item(47, 17), None, {},
            "47 von 64 Befragten (73 %) sehen einen Nutzen. Ziel: mindestens 60 %. Im Messwert ist das Ziel erreicht. "
            "Gesichert ist das nicht, weil die Zahl der Anwesenden fehlt.",
        ),
        (
            item(47, 17), 50, {},
            "47 von 64 Befragten (73 %) sehen einen Nutzen. Ziel: mindestens 60 %. Im Messwert ist das Ziel erreicht. "
            "Gesichert ist das nicht, weil mehr Antworten als Anwesende vorliegen.",
        ),
        (
            item(70, 50), 150, {},
            "70 von 120 Befragten (58 %) sehen einen Nutzen. Ziel: mindestens 60 %. Das Ziel ist im Messwert nicht "
            "erreicht; der Abstand ist aber kleiner als die Unsicherheit (54 % bis 62 %).",
        ),
        (
            item(75, 75), 240, {},
            "75 von 150 Befragten (50 %) sehen einen Nutzen. Ziel: mindestens 60 %. Das Ziel ist verfehlt; auch der "
            "obere Rand der Unsicherheit (55 %) liegt darunter.",
        ),
        (
            item(75, 75), 240, {"comparison": '"<="', "target": "0.3"},
            "75 von 150 Befragten (50 %) sehen einen Nutzen. Ziel: höchstens 30 %. Das Ziel ist verfehlt; auch der "
            "untere Rand der Unsicherheit (45 %) liegt darüber.",
        ),
        (
            item(5, 95), 101, {"comparison": '"<="', "target": "0.3"},
            "5 von 100 Befragten (5 %) sehen einen Nutzen. Ziel: höchstens 30 %. Das Ziel ist erreicht, auch wenn die "
            "Zustimmung bei der einen anwesenden Person ohne Antwort um bis zu 20 Prozentpunkte höher läge.",
        ),
        (
            item(40, 24), None, {"target": ""},
            "40 von 64 Befragten (63 %) sehen einen Nutzen. Ohne Zielwert, nur Beobachtung.",
        ),
        (
            item(40, 24), None, {"target": "", "statement": ""},
            "40 von 64 Befragten (63 %) stimmen zu. Ohne Zielwert, nur Beobachtung.",
        ),
        (item(1, 63), None, {"target": ""}, "Zustimmung: 1 von 64 Befragten (2 %). Ohne Zielwert, nur Beobachtung."),
        (
            item(5, 2), 40, {},
            "5 von 7 Befragten sehen einen Nutzen. Ziel: mindestens 60 %. Nur 7 Antworten – keine Bewertung.",
        ),
        (item(3, 1), 40, {}, "Zu wenige Antworten für eine Auswertung."),
        (item(0, 0), 40, {}, "Es gibt keine Antworten."),
        (
            item(47, 17), None, {"target": "0.625"},
            "47 von 64 Befragten (73 %) sehen einen Nutzen. Ziel: mindestens 62,5 %. Im Messwert ist das Ziel "
            "erreicht. Gesichert ist das nicht, weil die Zahl der Anwesenden fehlt.",
        ),
    ],
)  # fmt: skip
def test_sentence_is_the_reference_wording_when_a_share_is_judged(
    counts: dict[str, Any], attended: int | None, keys: dict[str, str], expected: str
) -> None:
    assert sentence(survey(counts, attended=attended), **keys) == expected


def test_sentence_says_so_when_the_period_is_running() -> None:
    yearly = {"period": '"calendar_year"', "pooling": '"all"'}
    reached = sentence(survey(item(60, 4), attended=70), cut_off="2024-06-30", **yearly)
    assert reached.endswith("Im Messwert ist das Ziel erreicht. Der Zeitraum läuft noch.")
    missed = sentence(survey(item(4, 60), attended=70), cut_off="2024-06-30", **yearly)
    assert missed.endswith("Das Ziel ist im Messwert bisher nicht erreicht. Der Zeitraum läuft noch.")


def test_limit_does_not_round_onto_the_target_when_it_lies_beside_it() -> None:
    """The upper limit of 52 of 100 with 135 present is 59.6 %."""
    words = sentence(survey(item(134, 116), attended=400))
    assert "obere Rand der Unsicherheit" in words
    limit = words.split("(")[2].split(" %")[0]
    assert float(limit.replace(",", ".")) < 60
