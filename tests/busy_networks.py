"""Networks in which a lot happened, made from a number: several surveys a year, every kind of indicator.

What a search draws freely is mostly small: few surveys, most of them outside of every period. These are the opposite.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from evaluation_strategies import CONDITIONS, DATES, DISTINCT, NUMBERS, goal_systems
from facts_strategies import facts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from survey_building import SCALE, TICKS, build_tally

from survey_app.domain.book import Book, Meeting, Need, Offer, Partner, Quotation
from survey_app.evaluation import (
    Averaging,
    Base,
    Comparison,
    Facts,
    Goal,
    GoalSystem,
    Indicator,
    Kind,
    Level,
    Parameters,
    PeriodKind,
    parse_conditions,
)
from survey_app.evaluation.goals.indicator_format import PERIODS
from survey_app.evaluation.goals.indicators import (
    HELD,
    Against,
    AnswerMean,
    AnswerShare,
    DatedTarget,
    ManualValue,
    MeanRatio,
    Measure,
    Pooling,
    RecordCount,
    RecordShare,
    ShareChange,
)
from survey_app.evaluation.goals.sources import Source

BUSY = 150
LAST_DAY = date(2024, 12, 31)
POOLINGS = [Pooling.ALL] * 3 + [Pooling.LATEST_SURVEY, Pooling.FIRST_ANSWERS]


class Network(NamedTuple):
    """Goals, what was recorded, and a number for whatever else a check has to choose."""

    goal_system: GoalSystem
    facts: Facts
    seed: int


def on_networks(check: Callable[[Network], None]) -> Callable[[], None]:
    """Return a test that checks something of many busy networks, the same every time, and of freely drawn ones."""
    test = given(st.builds(Network, goal_systems(), facts(), st.integers(0, 10**6)))(check)
    for seed in range(BUSY):
        test = example(build_network(seed))(test)
    return settings(max_examples=40)(test)


def build_network(seed: int) -> Network:
    """Return the network of this number, the same every time."""
    random = Random(seed)
    meetings = tuple(_build_meeting(random, number) for number in range(4))
    surveys = tuple(
        build_tally(random, number, random.choice([None, meetings])) for number in range(random.randint(3, 7))
    )
    book = Book(
        meetings=meetings,
        partners=tuple(Partner(f"P{n}", identified_on=date(2022, 1, 1), won_on=_choose_day(random)) for n in range(4)),
        needs=tuple(Need(title="n", recognised_on=_choose_day(random), status="recognised") for _ in range(3)),
        offers=tuple(Offer(f"O{n}", started_on=_choose_day(random), places=9, participants=n) for n in range(3)),
        quotations=tuple(
            Quotation(f"I{random.randint(1, 8)}", _choose_day(random), Fraction(1, 2), "Bericht", random.randint(1, 30))
            for _ in range(4)
        ),
    )
    cut_off = random.choice([LAST_DAY, LAST_DAY, LAST_DAY, date(2023, 12, 31), date(2023, 6, 30)])
    kinds = [Kind.ANSWER_SHARE, *Kind] if random.random() < 0.5 else [Kind.ANSWER_SHARE, random.choice(list(Kind))]
    system = GoalSystem(
        id="busy",
        title="Viel los",
        version="1",
        starts_on=date(2019, 1, 1),
        goals=(Goal("top", Level.VISION, "Ein Ziel"),),
        indicators=tuple(_build_indicator(random, number, kind) for number, kind in enumerate(kinds)),
        parameters=Parameters(
            min_base=random.choice([1, 10, 20]),
            min_group=random.choice([5, 5, 7]),
            min_group_public=random.choice([10, 10, 14]),
            base=random.choice(list(Base)),
        ),
    )
    return Network(system, Facts(book, surveys, cut_off), seed)


def _choose_day(random: Random) -> date:
    return date(random.choice([2022, 2023, 2023, 2024]), random.randint(1, 12), random.randint(1, 28))


def _build_meeting(random: Random, number: int) -> Meeting:
    came = random.randint(10, 40)
    return Meeting(
        f"M{number}",
        _choose_day(random),
        "network_meeting",
        random.choice(["held", "held", "held", "cancelled"]),
        invited=random.choice([None, 60]),
        attended_invited=came,
        attended_total=random.choice([None, came + 5, 300]),
        good_practice=random.choice([True, True, False, None]),
    )


def _build_indicator(random: Random, number: int, kind: Kind) -> Indicator:
    period = random.choice(PERIODS[kind])
    own: dict[str, Any] = {"unit": "%"} if kind is Kind.MANUAL_VALUE else {}
    if period is PeriodKind.SPAN:
        own |= {"span_from": date(2022, 7, 1), "span_until": date(2023, 12, 31)}
    target = None if random.random() < 0.2 else Fraction(random.randint(0, 20), 20)
    return Indicator(
        f"I{number}",
        "Ein Indikator",
        _build_measure(random, kind),
        ("top",),
        period,
        target=target,
        comparison=random.choice(list(Comparison)),
        targets=(DatedTarget(date(2023, 1, 1), Fraction(3, 5)),) if target and random.random() < 0.3 else (),
        **own,
    )


def _build_measure(random: Random, kind: Kind) -> Measure:
    source = random.choice(list(Source))
    where = parse_conditions(random.choice(CONDITIONS[source]))
    dated_by = random.choice([None, *DATES[source]])
    ratio = random.choice(list(NUMBERS))
    item = random.choice([SCALE, SCALE, TICKS])
    pooling, universe = random.choice(POOLINGS), random.choice([HELD, HELD, ()])
    left = ("first_time",) if item == SCALE and random.random() < 0.5 else ()
    values = {"yes": Fraction(1), "no": Fraction(random.choice([0, -1]))}
    made: dict[Kind, Measure] = {
        Kind.ANSWER_SHARE: AnswerShare(item, ("yes",), left, random.choice([None, *Base]), pooling, universe=universe),
        Kind.ANSWER_MEAN: AnswerMean(SCALE, values, pooling, universe),
        Kind.RECORD_COUNT: RecordCount(source, where, random.choice([None, *DISTINCT[source]]), dated_by),
        Kind.RECORD_SHARE: RecordShare(source, where, (), random.randint(1, 2), dated_by),
        Kind.MEAN_RATIO: MeanRatio(ratio, *NUMBERS[ratio], (), random.choice(list(Averaging))),
        Kind.SHARE_CHANGE: ShareChange("I0", random.choice([*Against, date(2023, 1, 1)])),
        Kind.MANUAL_VALUE: ManualValue(Fraction(1, 2), date(2023, 5, 1), "Bericht", Fraction(2, 5), Fraction(3, 5)),
    }
    return made[kind]
