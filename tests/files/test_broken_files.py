"""Two hundred broken files: each gives one clear message with its place, and nothing is read from it."""

import random
import tracemalloc

import pytest
from breaking import BOMB, WORKBOOK_BREAKS, add_bomb, add_many_rows, repack
from factories import standard_questionnaire

from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.files.questionnaire_files import FileKind, find_kind, read_questionnaire, read_wording
from survey_app.files.questionnaire_json import ExchangedQuestionnaire, write_exchange
from survey_app.files.wording_po import write_po
from survey_app.files.wording_xlsx import write_wording
from survey_app.files.xlsform_writing import write_xlsform
from survey_app.web.exchange_messages import explain_problem

STANDARD = standard_questionnaire()
SOUND = {
    "form.xlsx": write_xlsform(STANDARD).data,
    "words.xlsx": write_wording(STANDARD),
    "words.po": write_po(STANDARD, "fr"),
    "questionnaire.json": write_exchange(ExchangedQuestionnaire(STANDARD, "Freiburg")),
}


def read(name: str, data: bytes) -> object:
    """Read a file as command and page do; only values come out, and the questionnaire that we have stays as it is."""
    kind = find_kind(name, data)
    if kind in (FileKind.PO, FileKind.WORDING):
        return read_wording(data, kind, STANDARD)
    return read_questionnaire(data, kind)


def refusal(name: str, data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(InvalidDocument) as caught:
        read(name, data)
    return caught.value.problems


def problems_of(name: str, data: bytes) -> tuple[Problem, ...]:
    """Return what is wrong with a file; nothing if it can be read all the same."""
    try:
        read(name, data)
    except InvalidDocument as error:
        return error.problems
    return ()


def break_text(text: bytes, chance: random.Random) -> bytes:
    """Break a PO or JSON file so that nobody could read it."""
    middle = chance.randrange(len(text) // 4, len(text) // 2)
    kinds = [
        text[:middle].rstrip()[:-1] + b'\n"',
        text[:middle] + b"\xff\xfe\xff" + text[middle:],
        text[:middle] + b"\x00" + text[middle:],
        b"",
        text.replace(b"\n", b"\n}{", 3),
        text * (6_000_000 // len(text)),
    ]
    return chance.choice(kinds)


@pytest.mark.parametrize("name", ["form.xlsx", "words.xlsx"])
@pytest.mark.parametrize("break_it", WORKBOOK_BREAKS, ids=lambda one: one.__name__)
def test_a_broken_workbook_gives_one_clear_message(name: str, break_it) -> None:  # type: ignore[no-untyped-def]
    for seed in range(6):
        broken = break_it(SOUND[name], random.Random(f"{break_it.__name__} {seed}"))
        assert broken != SOUND[name]
        problems = refusal(name, broken)
        assert len(problems) == 1, (seed, problems)
        assert problems[0].place
        assert "%(" not in explain_problem(problems[0])


@pytest.mark.parametrize("name", ["words.po", "questionnaire.json"])
def test_a_broken_text_gives_one_clear_message(name: str) -> None:
    for seed in range(20):
        problems = refusal(name, break_text(SOUND[name], random.Random(seed)))
        assert len(problems) == 1, (seed, problems)
        assert explain_problem(problems[0])


def test_there_are_two_hundred_of_them() -> None:
    assert 2 * 6 * len(WORKBOOK_BREAKS) + 2 * 20 >= 200


@pytest.mark.parametrize("name", SOUND)
def test_the_sound_files_are_read_when_nothing_is_broken(name: str) -> None:
    assert read(name, SOUND[name])


def test_any_flipped_bytes_are_survived_when_a_workbook_is_read() -> None:
    chance = random.Random("flips")
    for _time in range(120):
        broken = bytearray(SOUND["words.xlsx"])
        for _flip in range(chance.randrange(1, 5)):
            broken[chance.randrange(len(broken))] ^= chance.randrange(1, 256)
        assert all(map(explain_problem, problems_of("words.xlsx", bytes(broken))))


def test_a_bomb_is_never_unpacked() -> None:
    bomb = add_bomb(SOUND["form.xlsx"], random.Random(0))
    assert len(bomb) < 200_000 < BOMB
    tracemalloc.start()
    try:
        assert [problem.code for problem in refusal("form.xlsx", bomb)] == ["file_is_too_large_inside"]
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    honest = repack(SOUND["form.xlsx"], {}, {"xl/big.xml": b"0" * 1_000_000})
    lying = honest.replace((1_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != honest
    assert [problem.code for problem in refusal("form.xlsx", lying)] == ["file_is_no_workbook"]


def test_a_row_far_away_costs_nothing() -> None:
    far = add_many_rows(SOUND["form.xlsx"], random.Random(1))
    assert [problem.code for problem in refusal("form.xlsx", far)] == ["file_is_too_long"]


@pytest.mark.parametrize("name", ["form.xls", "form.ods", "form", ".csv"])
def test_a_file_of_another_kind_is_refused(name: str) -> None:
    assert [problem.code for problem in refusal(name, b"x")] == ["file_kind_unknown"]
