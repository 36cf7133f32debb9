import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from evaluation_documents import facts, survey
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire
from survey_app.evaluation import ItemResult, Parameters, SurveyDescription, describe_survey, parse_facts

ROOT = Path(__file__).parents[2]
SCALE = ("very_large", "rather_large", "rather_small", "none")


def block(
    code: str, *counts: int, codes: tuple[str, ...] = SCALE, no_answer: int = 0, **changes: Any
) -> dict[str, Any]:
    entry = {"code": code, "version": 1, "type": "one", "counts": dict(zip(codes, counts, strict=True))}
    return entry | {"no_answer": no_answer, "not_applicable": 0, "not_shown": 0} | changes


def question(code: str, *codes: str, type_: ItemType = ItemType.ONE, **changes: Any) -> Item:
    choices = tuple(Choice(name, {"de": name}, leaves_base=name == "first_time") for name in codes)
    return Item(code, type_, {"de": code}, options=choices, **changes)


def describe(item: Item, counts: dict[str, Any], *, tier: str = "internal", **options: Any) -> ItemResult:
    questionnaire = Questionnaire("q", 1, "de", ("de",), (item,))
    tally = parse_facts(facts(survey(counts))).tallies[0]
    return describe_survey(questionnaire, tally, tier=tier, **options).items[0]


def cells(result: ItemResult) -> dict[str, int | None]:
    return {"+".join(cell.codes): cell.count for cell in result.cells}


def test_distribution_is_shown_when_every_cell_is_large_enough() -> None:
    result = describe(question("benefit", *SCALE), block("benefit", 20, 52, 50, 18, no_answer=10))
    assert (result.base, result.missing) == (140, {"no_answer": 10, "not_applicable": 0, "not_shown": 0})
    assert cells(result) == {"very_large": 20, "rather_large": 52, "rather_small": 50, "none": 18}
    assert (result.cells[0].share, result.cells[0].display) == (Fraction(1, 7), "14\u00a0%")
    assert result.reason is None


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 52, 50, 2), {"very_large": 20, "rather_large": 52, "rather_small+none": 52}),
        ((1, 52, 50, 20), {"very_large+rather_large": 53, "rather_small": 50, "none": 20}),
        ((20, 52, 0, 18), {"very_large": 20, "rather_large": 52, "rather_small": 0, "none": 18}),
    ],
)
def test_small_cell_joins_its_neighbour_when_options_are_ordered(
    counts: tuple[int, ...], expected: dict[str, int]
) -> None:
    assert cells(describe(question("benefit", *SCALE), block("benefit", *counts))) == expected


def test_small_cells_are_gathered_when_options_have_no_order() -> None:
    result = describe(question("benefit", *SCALE, shuffle=True), block("benefit", 1, 52, 50, 2))
    assert cells(result) == {"rather_large": 52, "rather_small": 50, "very_large+none": 3}


@pytest.mark.parametrize(
    ("tier", "counts", "changes", "shown"),
    [
        ("internal", (2, 2, 0, 0), {}, False),
        ("internal", (3, 3, 0, 0), {}, True),
        ("public", (3, 3, 0, 3), {}, False),
        ("public", (3, 4, 0, 3), {}, True),
        ("internal", (9, 10, 0, 0), {"sensitive": True}, False),
        ("internal", (10, 10, 0, 0), {"sensitive": True}, True),
    ],
)
def test_item_is_withheld_when_its_base_is_small(
    tier: str, counts: tuple[int, ...], changes: dict[str, Any], shown: bool
) -> None:
    result = describe(question("benefit", *SCALE, **changes), block("benefit", *counts, no_answer=30), tier=tier)
    assert (result.base is not None) is shown
    assert bool(result.cells) is shown
    if not shown:
        assert (result.missing, result.reason) == (None, "below_disclosure_threshold")


def test_item_is_withheld_when_nobody_answered() -> None:
    assert describe(question("benefit", *SCALE), block("benefit", 0, 0, 0, 0, no_answer=9)).reason == "no_answers"


def test_network_is_stricter_when_its_parameters_are() -> None:
    strict = Parameters(min_group=30)
    assert describe(question("benefit", *SCALE), block("benefit", 10, 10, 5, 4), parameters=strict).base is None


def test_first_timers_leave_the_base_when_the_option_says_so() -> None:
    codes = ("yes", "no", "first_time")
    result = describe(question("impulses", *codes), block("impulses", 20, 30, 2, codes=codes))
    assert (result.base, cells(result)) == (50, {"yes": 20, "no": 30})
    assert result.missing is not None
    assert result.missing["not_applicable"] == 2


def test_groups_are_those_of_breakdowns_when_the_item_is_a_key_variable() -> None:
    codes = ("politics", "school", "business", "other")
    item = question("actor_group", *codes, key_variable={code: (code,) for code in codes})
    result = describe(item, block("actor_group", 38, 41, 3, 2, codes=codes, no_answer=1))
    assert cells(result) == {"politics": 38, "school": 41, "business+other+no_answer": 6}
    assert result.base == 85
    assert "no_answer" not in (result.missing or {})


def test_few_ticks_are_not_told_when_several_answers_are_allowed() -> None:
    codes = ("transitions", "parents", "clubs")
    counts = block("topics", 12, 2, 0, codes=codes, type="many", answered=13, no_answer=4)
    result = describe(question("topics", *codes, type_=ItemType.MANY), counts)
    assert (result.base, result.several) == (13, True)
    assert [(cell.count, cell.display) for cell in result.cells] == [
        (12, "12 von 13 (92\u00a0%)"), (None, "unter 3"), (None, "unter 3"),
    ]  # fmt: skip


def test_texts_are_counted_but_not_told_when_people_wrote_some() -> None:
    counts = {"code": "remarks", "version": 1, "type": "text", "counts": {}, "answered": 12, "no_answer": 3}
    result = describe(question("remarks", type_=ItemType.TEXT), counts | {"not_applicable": 0, "not_shown": 0})
    assert (result.base, result.cells) == (12, ())


def test_survey_is_refused_when_it_is_not_sealed() -> None:
    tally = parse_facts(facts(survey(block("benefit", 9, 9, 9, 9), state="closed"))).tallies[0]
    with pytest.raises(ValueError, match="not sealed"):
        describe_survey(Questionnaire("q", 1, "de", ("de",), ()), tally)


def describe_slide(tier: str = "internal") -> SurveyDescription:
    document = (ROOT / "survey_app" / "content" / "post-meeting-questionnaire.json").read_text(encoding="utf-8")
    tally = parse_facts((ROOT / "tests" / "data" / "results-slide.json").read_text(encoding="utf-8")).tallies[0]
    return describe_survey(parse_questionnaire(json.loads(document)), tally, tier=tier)


def test_slide_is_described_when_the_shipped_questionnaire_was_answered() -> None:
    description = describe_slide()
    assert (description.completed, description.attended, description.response_rate) == (150, 240, Fraction(5, 8))
    found = {item.code: item for item in description.items}
    assert set(found) == {
        "knows_more_offers", "contacts_made", "actors_overview", "impulses", "benefit", "topics_relevant",
        "goals_known", "actor_group",
    }  # fmt: skip
    assert found["topics_relevant"].base == 140
    assert "business_chambers+other+no_answer" in cells(found["actor_group"])
    public = {item.code: item for item in describe_slide("public").items}
    assert "welfare_church_foundation+business_chambers+other+no_answer" in cells(public["actor_group"])


def test_document_is_plain_when_a_release_stores_it() -> None:
    document = describe_slide().to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["rr2"] == "5/8"


@given(
    st.lists(st.integers(0, 12), min_size=4, max_size=4),
    st.integers(0, 5),
    st.booleans(),
    st.sampled_from(["internal", "public"]),
)
def test_no_small_cell_is_told_when_counts_are_random(
    counts: list[int], no_answer: int, shuffle: bool, tier: str
) -> None:
    result = describe(
        question("benefit", *SCALE, shuffle=shuffle), block("benefit", *counts, no_answer=no_answer), tier=tier
    )
    if result.base is None:
        return
    assert sum(cell.count or 0 for cell in result.cells) == result.base == sum(counts)
    assert not [cell for cell in result.cells if cell.count is not None and 0 < cell.count < 3]
    assert sorted(code for cell in result.cells for code in cell.codes) == sorted(SCALE)


def test_ticks_beside_leaving_the_base_are_no_more_than_everybody() -> None:
    """A file may count somebody among those whom the question does not concern and among those who ticked."""
    codes = ("clubs", "parents", "first_time")
    counts = block("topics", 12, 8, 5, codes=codes, type="many", answered=13, no_answer=4)
    result = describe(question("topics", *codes, type_=ItemType.MANY), counts)
    assert (result.base, cells(result)) == (12, {"clubs": 12, "parents": 8})
