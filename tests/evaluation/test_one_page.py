from pathlib import Path

from evaluation_documents import facts, goals, indicator, item, report, survey

from survey_app.evaluation import OnePage, build_one_page, evaluate, parse_facts, parse_goals

ROOT = Path(__file__).parents[2]


def build_slide() -> OnePage:
    system = parse_goals((ROOT / "survey_app" / "content" / "freiburg-goals.toml").read_text(encoding="utf-8"))
    found = parse_facts((ROOT / "tests" / "data" / "results-slide.json").read_text(encoding="utf-8"))
    return build_one_page(evaluate(system, found.book, found.tallies, found.cut_off))


def test_indicators_stand_once_in_the_order_of_goals_when_the_slide_is_shown() -> None:
    page = build_slide()
    placed = {section.goal.id: [result.indicator.id for result in section.results] for section in page.sections}
    assert placed["IV.1"] == ["I1", "O1", "O3", "O4"]
    assert placed["IV.1.1"] == ["I2", "I3", "I6"]
    assert placed["IV.1.2"] == ["I5", "O2"]
    assert placed["IV.1.4"] == ["I8", "I9", "O5"]
    assert sum(map(len, placed.values())) == 14
    assert not [goal_id for goal_id in placed if goal_id.startswith("A.")]


def test_overview_counts_verdicts_when_some_have_no_target() -> None:
    assert (
        build_slide().overview
        == "9 Indikatoren – 1 erreicht im Messwert, 1 verfehlt, 7 zu wenig Daten; dazu 5 ohne Zielwert"
    )


def test_goals_say_why_they_have_no_figures_when_they_have_none() -> None:
    notes = {section.goal.id: section.note for section in build_slide().sections}
    assert notes["IV.2"] is not None
    assert notes["IV.2"].startswith("zurückgestellt: für dieses Mittlerziel")
    assert notes["D"] is None
    lonely = goals(indicator()) + '\n[[goal]]\nid = "2"\nlevel = "guiding"\ntext = "Noch eins"\n'
    page = build_one_page(report(lonely, facts()))
    assert [section.note for section in page.sections] == [None, "noch nicht operationalisiert"]


def test_indicator_is_in_the_appendix_when_its_wording_is_not_current() -> None:
    former = '\n[[wording]]\nid = "A"\ntitle = "alt"\ncurrent = false\n'
    current = '\n[[wording]]\nid = "B"\ntitle = "neu"\ncurrent = true\n'
    old = '\n[[goal]]\nid = "2"\nlevel = "guiding"\ntext = "Alt"\nwording = "A"\n'
    text = goals(indicator(), indicator(id_="J", goals='["2"]'), middle=former + current) + old
    made = report(text, facts(survey(item(40, 20))))
    assert made.summary["with_target"] == 1
    assert made.summary["reached_point"] == 1
    assert [result.indicator.id for result in made.indicators] == ["I", "J"]
    assert build_one_page(made).overview == "1 Indikator – 1 erreicht im Messwert"


def test_indicator_stands_at_its_current_goal_when_it_stands_at_a_former_one_too() -> None:
    former = '\n[[wording]]\nid = "A"\ntitle = "alt"\ncurrent = false\n'
    current = '\n[[wording]]\nid = "B"\ntitle = "neu"\ncurrent = true\n'
    old = '\n[[goal]]\nid = "2"\nlevel = "guiding"\ntext = "Alt"\nwording = "A"\n'
    text = goals(indicator(goals='["2", "1"]'), middle=former + current) + old
    page = build_one_page(report(text, facts(survey(item(40, 20)))))
    placed = {section.goal.id: [result.indicator.id for result in section.results] for section in page.sections}
    assert placed == {"1": ["I"]}


def test_page_says_what_is_not_measured_when_there_is_a_target_group() -> None:
    page = build_slide()
    assert "Freiburger Bürgerinnen und Bürger" in page.not_measured
    assert "95-%-Bereich nach Wilson" in page.method
    assert "20 Prozentpunkte" in page.method
