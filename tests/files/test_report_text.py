from pathlib import Path

from evaluation_documents import facts, goals, indicator, item, meeting, report, survey

from survey_app.evaluation import evaluate, parse_facts, parse_goals
from survey_app.files import report_text

ROOT = Path(__file__).parents[2]


def write(goals_text: str, facts_text: str, **options: str) -> str:
    return report_text.write_report(report(goals_text, facts_text), **options).decode()


def test_page_shows_verdict_counts_and_method_when_a_share_is_judged() -> None:
    text = write(
        goals(indicator(statement='"sehen einen Nutzen"')), facts(survey(item(47, 17, no_answer=0), attended=112))
    )
    assert "Wirkungsbericht  ·  Stand 31.12.2024  ·  Zielsystem Fassung 1" in text
    assert "Auf einen Blick: 1 Indikator – 1 erreicht im Messwert" in text
    assert "✔ Ziel erreicht – nur im Messwert" in text
    assert "Rücklauf 64 von 112 (57\u00a0%)" in text
    assert "sehen einen Nutzen" in text
    assert "Was nicht gemessen wird" in text
    assert "Gruppen unter 5 Antworten werden nicht gezeigt." in " ".join(text.split())


def test_bar_marks_value_interval_and_target_when_a_share_is_judged() -> None:
    text = write(goals(indicator()), facts(survey(item(30, 70))))
    bar = next(line for line in text.splitlines() if "●" in line)
    cells = bar.split(" 0 ", maxsplit=1)[1].split(" 100")[0]
    assert len(cells) == 41
    assert cells.index("●") == 12
    assert cells.index("|") == 24
    assert cells.index("[") < 12 < cells.index("]") < 24


def test_method_names_the_minimum_of_the_tier_when_the_public_reads() -> None:
    made = report(goals(indicator()), facts(survey(item(47, 17))), tier="public")
    assert "Gruppen unter 10 Antworten" in " ".join(report_text.write_report(made).decode().split())


def test_no_number_is_told_when_a_figure_is_withheld() -> None:
    text = write(goals(indicator()), facts(survey(item(3, 1))))
    block = text.split(" I  Ein Indikator")[1].split("Was nicht")[0]
    assert "Zu wenige Antworten für eine Auswertung." in block
    assert not any(digit in block.replace("60\u00a0%", "") for digit in "0123456789")


def test_participation_has_no_rate_when_nobody_knows_how_many_were_there() -> None:
    assert "Beteiligung 64, Zahl der Anwesenden unbekannt" in write(goals(indicator()), facts(survey(item(47, 17))))


def test_target_reads_all_when_every_meeting_counts() -> None:
    met = meeting("M", "2024-02-01", good_practice=True)
    assert "1 von 1   Ziel alle" in write(goals(indicator("record_share")), facts(meetings=[met]))


def test_stamp_stands_on_top_when_data_are_invented() -> None:
    assert write(goals(indicator()), facts(), stamp="Erfundene Daten").startswith("Erfundene Daten\n\n")


def test_goals_without_figures_are_explained_when_the_freiburg_system_is_written() -> None:
    system = parse_goals((ROOT / "survey_app" / "content" / "freiburg-goals.toml").read_text(encoding="utf-8"))
    found = parse_facts((ROOT / "tests" / "data" / "results-slide.json").read_text(encoding="utf-8"))
    made = evaluate(system, found.book, found.tallies, found.cut_off)
    text = " ".join(report_text.write_report(made).decode().split())
    assert "zurückgestellt: für dieses Mittlerziel werden zum jetzigen Zeitpunkt keine Detailziele formuliert" in text
    assert (
        "Auf einen Blick: 9 Indikatoren – 1 erreicht im Messwert, 1 verfehlt, 7 zu wenig Daten; dazu 5 ohne Zielwert"
        in text
    )
    assert "Freiburger Bürgerinnen und Bürger" in text
    assert "prozisieren" not in text


def test_no_trend_stands_beside_a_value_that_is_withheld() -> None:
    days = ("2024-01-10", "2024-03-10", "2024-05-10")
    shown = [survey(item(20 + 8 * number, 20), id_=f"S{number}", date=day) for number, day in enumerate(days)]
    told = report(goals(indicator()), facts(*shown))
    assert told.indicators[0].trend is not None
    assert "(3 Erhebungen)" in report_text.write_report(told).decode()
    few = report(goals(indicator()), facts(*shown, survey(item(2, 1), id_="S9", date="2024-09-10")))
    assert few.indicators[0].trend is not None
    assert "Erhebungen)" not in report_text.write_report(few).decode()


def test_words_stand_in_the_text_when_a_sensitive_question_is_answered_alike() -> None:
    text = write(goals(indicator()), facts(survey(item(39, 1, sensitive=True), attended=45)))
    assert "über 90\u00a0%" in text
    assert "39" not in text
