"""What would have made a verdict another one: found person by person, and never more than needed."""

from fractions import Fraction

import pytest
from evaluation_documents import facts, goals, indicator, item, report, survey
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.evaluation import Base, Parameters, Row, Verdict, assess_share
from survey_app.evaluation.judging.reserve import Reserve, count_at_target, find_reserve
from survey_app.evaluation.judging.targets import Comparison

SECURE = Verdict.REACHED_SECURE


def build_row(yes: int, no: int, *, attended: int | None, tier: str = "internal", **keys: str) -> Row:
    counts = {name: int(keys.pop(name, "0")) for name in ("first_time", "no_answer")}
    block = item(yes, no, no_answer=counts["no_answer"])
    block["counts"]["first_time"] = counts["first_time"]
    made = report(
        goals(indicator(not_applicable='["first_time"]', **keys)), facts(survey(block, attended=attended)), tier=tier
    )
    return made.indicators[0].headline_row


def judge_counts(*counts: int, **values: object) -> Verdict:
    return assess_share(*counts, target=Fraction(3, 5), **values).verdict


def judge(yes: int, no: int, attended: int, **values: object) -> Verdict:
    return assess_share(yes, no, attended=attended, target=Fraction(3, 5), **values).verdict


def test_the_example_of_the_specification_is_explained() -> None:
    """47 of 64 agree, 70 of 118 answered, six are there for the first time."""
    row = build_row(47, 17, attended=118, first_time="6")
    assert (row.verdict, row.missing, row.base) == ("reached_point", 48, 64)
    found = find_reserve(row, Parameters(), Base.ASKED)
    assert found == Reserve(to_reach=0, to_secure=2, from_silent=4, answers=74)
    assert judge(49, 15, 118, not_applicable=6) is SECURE
    assert judge(48, 16, 118, not_applicable=6) is not SECURE
    assert judge(51, 17, 118, not_applicable=6) is SECURE
    assert judge(50, 17, 118, not_applicable=6) is not SECURE
    assert judge(54, 20, 118, not_applicable=6) is SECURE  # 47/64 of 74, rounded down
    assert judge(53, 20, 118, not_applicable=6) is not SECURE


@pytest.mark.parametrize(
    ("yes", "no", "attended", "expected"),
    [
        (36, 4, 40, Reserve(to_reach=0, to_secure=0, to_spare=12)),
        (20, 20, 60, Reserve(to_reach=4, to_secure=11, from_silent=16)),
        (20, 20, None, Reserve(to_reach=4)),
        (1, 99, 100, Reserve(to_reach=59, to_secure=59)),
        (10, 0, 100, Reserve(to_reach=0, from_silent=2, answers=12)),
    ],
)
def test_reserve_is_what_the_rule_says_when_asked_person_by_person(
    yes: int, no: int, attended: int | None, expected: Reserve
) -> None:
    assert find_reserve(build_row(yes, no, attended=attended), Parameters(), Base.ASKED) == expected


def test_targets_from_above_are_mirrored() -> None:
    mirrored = find_reserve(build_row(17, 47, attended=112, target="0.4", comparison='"<="'), Parameters(), Base.ASKED)
    upright = find_reserve(build_row(47, 17, attended=112), Parameters(), Base.ASKED)
    assert mirrored == upright


def test_nothing_is_said_without_a_value_or_a_target() -> None:
    assert find_reserve(build_row(2, 2, attended=40), Parameters(), Base.ASKED) is None
    assert find_reserve(build_row(20, 20, attended=40, target=""), Parameters(), Base.ASKED) is None


@settings(max_examples=60)
@given(
    yes=st.integers(0, 40),
    no=st.integers(0, 40),
    first_time=st.integers(0, 5),
    no_answer=st.integers(0, 5),
    silent=st.integers(0, 40),
    base=st.sampled_from(list(Base)),
    comparison=st.sampled_from(list(Comparison)),
    tier=st.sampled_from(["internal", "public"]),
)
def test_one_person_fewer_would_not_do(  # noqa: PLR0917  # given by name
    yes: int, no: int, first_time: int, no_answer: int, silent: int, base: Base, comparison: Comparison, tier: str
) -> None:
    """What is found from the published row alone is what the whole counts give."""
    attended = yes + no + first_time + no_answer + silent
    row = build_row(
        yes,
        no,
        attended=attended,
        tier=tier,
        base=f'"{base}"',
        comparison=f'"{comparison}"',
        first_time=str(first_time),
        no_answer=str(no_answer),
    )
    found = find_reserve(row, Parameters(), base)
    if found is None:
        assert row.value is None
        return

    # Who was asked and gave no answer did not agree; of valid answers these are among the silent.
    others, blank_before = (no, no_answer) if base is Base.VALID else (no + no_answer, 0)

    def is_secure(moved: int, added: int = 0) -> bool:
        towards = 1 if comparison is Comparison.AT_LEAST else -1
        agree = yes + towards * moved + (added if towards > 0 else 0)
        disagree = others - towards * moved + (added if towards < 0 else 0)
        blank = min(blank_before, (row.missing or 0) - added)
        counts = (agree, disagree, blank, first_time)
        return judge_counts(*counts, attended=attended, comparison=comparison, base=base) is SECURE

    if found.to_secure:
        assert is_secure(found.to_secure)
        assert not is_secure(found.to_secure - 1)
    if found.from_silent is not None:
        assert is_secure(0, found.from_silent)
        assert not is_secure(0, found.from_silent - 1)
    if found.to_spare is not None:
        assert is_secure(-found.to_spare)
        assert found.to_secure == 0
    assert (row.verdict is SECURE) == (found.to_secure == 0)


@pytest.mark.parametrize(
    ("base", "target", "comparison", "expected"),
    [(64, "3/5", ">=", 39), (60, "3/5", ">=", 36), (64, "3/5", "<=", 38), (10, "0", "<=", 0)],
)
def test_a_target_is_a_number_of_people(base: int, target: str, comparison: str, expected: int) -> None:
    assert count_at_target(base, Fraction(target), Comparison(comparison)) == expected
