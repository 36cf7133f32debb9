from pathlib import Path

import pytest

from survey_app.evaluation.formats.line_finding import find_json_line, find_toml_line

ROOT = Path(__file__).parents[2]
FREIBURG = (ROOT / "survey_app" / "content" / "freiburg-goals.toml").read_text(encoding="utf-8")
SLIDE = (ROOT / "tests" / "data" / "results-slide.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("version", 'version = "2017-04-26"'),
        ("parameters.min_base", "min_base = 10"),
        ("goal[0].text_en", 'text_en = """'),
        ("goal[1]", "[[goal]]"),
        ("indicator[3].affirming", 'affirming = ["clearly_more"'),
        ("indicator[4].affirming[1]", 'affirming = ["yes_several"'),
        ("indicator[7].where[0][2]", 'where = [["topics"'),
        ("indicator[0].unheard_of", "[[indicator]]"),
    ],
)
def test_line_is_found_when_the_place_is_in_the_goal_file(path: str, begins: str) -> None:
    line = find_toml_line(FREIBURG, path)
    assert line is not None
    assert FREIBURG.splitlines()[line - 1].startswith(begins)


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("cut_off", '"cut_off"'),
        ("surveys[0].items[2].counts.no", '"no": 65'),
        ("surveys[0].items[7].not_shown", '"not_shown"'),
        ("surveys[0].unheard_of", "{"),
    ],
)
def test_line_is_found_when_the_place_is_in_the_facts_file(path: str, begins: str) -> None:
    line = find_json_line(SLIDE, path)
    assert line is not None
    assert SLIDE.splitlines()[line - 1].strip().startswith(begins)


def test_texts_are_skipped_when_they_look_like_keys() -> None:
    text = 'a = """\n[[goal]]\nb = 1 # "\n"""\nc = \'\'\'\nd = """\n\'\'\'\ne = [\n  "x]", # ]\n]\n[[goal]]\nb = 2\n'
    assert find_toml_line(text, "goal[0].b") == 12
    assert find_toml_line(text, "c") == 5
    assert find_toml_line(text, "e") == 8


@pytest.mark.parametrize("path", ["", "document", "nowhere.at[3].all"])
def test_no_line_is_named_when_the_place_is_nowhere(path: str) -> None:
    assert find_toml_line("a = 1\n", path) is None
    assert find_json_line('{"a": 1}', path) in (None, 1)
