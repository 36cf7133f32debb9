"""Figures as the page's language writes them, by the same rounding as the report's German sentences."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from babel import Locale
from babel.numbers import format_decimal, format_percent
from flask_babel import format_date, gettext, ngettext

from survey_app.evaluation import Limit, ShareMask, format_share, is_reached
from survey_app.evaluation.goals.indicators import Kind, PeriodKind
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Row
from survey_app.evaluation.wording.bars import SHARES
from survey_app.evaluation.wording.display import SHOW_PERCENT_FROM, round_half_up
from survey_app.web.goal_words import BEYOND, KEPT, TURNING
from survey_app.web.locale import current_language

_ONE_DECIMAL_BELOW = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as it is read.

    Attributes:
        main: what stands first: a percentage, a number, or counts where a percentage would be too much.
        counts: "47 of 64", beside a percentage.
        language: set where the text is not in the page's language.
    """

    main: str
    counts: str | None = None
    language: str | None = None


def figure_of(row: Row, kind: Kind) -> Figure | None:
    """Return the value of a row, or None if there is none or it is withheld."""
    if row.value is None:
        # (Nearly) everybody gave the same answer to a sensitive question: words stand for the number.
        words = mask_text(next((mask for mask in ShareMask if mask.text and mask.text == row.display), None))
        return Figure(words, people_text(row.base or 0)) if words else None
    if kind is Kind.RECORD_COUNT:
        return Figure(number_text(row.value))
    if not is_percentage(row, kind):
        return Figure(row.display or number_text(row.value), language="de" if row.display else None)
    counts = None
    if kind not in (Kind.MEAN_RATIO, Kind.MANUAL_VALUE) and row.numerator is not None and row.base is not None:
        counts = gettext("%(part)s of %(whole)s", part=number_text(row.numerator), whole=number_text(row.base))
        if row.base < SHOW_PERCENT_FROM:
            return Figure(counts)
    return Figure(share_text(row.value, target=row.target, comparison=row.comparison), counts)


def mask_text(mask: ShareMask | None) -> str:
    """Return the words for a share that is not told exactly; empty without any."""
    if mask is ShareMask.OVER_90:
        return gettext("over %(share)s", share=share_text(Fraction(9, 10)))
    return gettext("under %(share)s", share=share_text(Fraction(1, 10))) if mask is ShareMask.UNDER_10 else ""


def people_text(count: int) -> str:
    """Return of how many people a figure speaks, where it does not say how many of them agree."""
    return ngettext("of %(num)s person", "of %(num)s people", count)


def share_text(
    share: Limit, *, target: Fraction | None = None, comparison: str = Comparison.AT_LEAST, decimals: int = 0
) -> str:
    """Return a share as a percentage that does not round across its target."""
    exact = Fraction(share)
    rounded = format_share(exact.numerator, exact.denominator, target=target, comparison=comparison).percent
    if decimals and "." not in rounded:
        rounded = round_half_up(exact * 100, decimals)
    return _percent(Decimal(rounded))


def tipping_text(share: Fraction) -> str:
    """Return a tipping point as a percentage, below 10 % with one decimal."""
    bounded = min(max(share, Fraction(0)), Fraction(1))
    return share_text(bounded, decimals=1 if bounded < _ONE_DECIMAL_BELOW else 0)


def number_text(number: Limit | int) -> str:
    """Return a number with at most three decimals."""
    rounded = Decimal(round_half_up(number, 3)).normalize()
    return str(format_decimal(rounded, locale=current_language().locale, decimal_quantization=False))


def points_text(difference: Fraction) -> str:
    """Return a difference of shares as a number of percentage points, without the word."""
    return number_text(difference * 100)


def target_text(row: Row, kind: Kind) -> str | None:
    """Return the target of a row in words, or None if it has none."""
    if row.target is None:
        return None
    if kind is Kind.RECORD_SHARE and row.target == 1:
        return gettext("all")
    value = share_text(row.target) if is_percentage(row, kind) else number_text(row.target)
    if kind is Kind.SHARE_CHANGE:
        value = gettext("%(points)s percentage points", points=points_text(row.target))
    if row.comparison is Comparison.AT_MOST:
        return gettext("at most %(value)s", value=value)
    return gettext("at least %(value)s", value=value)


def range_text(low: Limit | None, high: Limit | None, row: Row, kind: Kind) -> str | None:
    """Return an interval in words; None where the figure is exact, or unbounded."""
    if low is None or high is None or low == high or not is_percentage(row, kind):
        return None
    start, end = (share_text(limit, target=row.target, comparison=row.comparison) for limit in (low, high))
    return gettext("%(low)s to %(high)s", low=start, high=end)


def is_percentage(row: Row, kind: Kind) -> bool:
    """Tell whether a figure is read as a percentage; one from a document, if its own wording is one."""
    quoted = kind is Kind.MANUAL_VALUE and row.display is not None and row.display.endswith("%")
    return kind in SHARES or (quoted and row.value is not None and 0 <= row.value <= 1)


def tipping_sentence(row: Row) -> str | None:
    """Return what those who did not answer would have to say for the verdict to turn round."""
    if row.tipping_point is None or row.target is None or row.value is None or not row.missing:
        return None
    reached = is_reached(row.value, row.target, row.comparison)
    certain = KEPT if reached else BEYOND
    words = TURNING[reached, row.comparison] if 0 <= row.tipping_point <= 1 else certain
    return str(words) % {"share": tipping_text(row.tipping_point), "count": number_text(row.missing)}


def period_text(period: Period) -> str:
    """Return a period as it stands in a table; empty where nothing is dated."""
    if period.kind in (PeriodKind.CALENDAR_YEAR, PeriodKind.FULL_CALENDAR_YEAR):
        return period.label or ""
    if period.start is None or period.end is None:
        return ""
    if period.kind is PeriodKind.SURVEY:
        return format_date(period.start, "medium")
    if period.kind is PeriodKind.SINCE_START:
        return gettext("up to %(day)s", day=format_date(period.end, "medium"))
    first, last = format_date(period.start, "medium"), format_date(period.end, "medium")
    return gettext("%(low)s to %(high)s", low=first, high=last)


def response_text(row: Row) -> str:
    """Return how many answered, of how many present; empty if that is unknown or withheld."""
    response = row.response
    if response is None:
        return ""
    answered = number_text(response.answered)
    if response.attended is None:
        return ngettext("%(num)s answer", "%(num)s answers", response.answered)
    attended = number_text(response.attended)
    if response.rate is None:
        return gettext("%(answered)s answers, %(attended)s people present", answered=answered, attended=attended)
    return gettext(
        "%(answered)s of %(attended)s people present (%(rate)s)",
        answered=answered,
        attended=attended,
        rate=share_text(response.rate),
    )


def _percent(percent: Decimal) -> str:
    """Write a percentage with exactly the decimals it has."""
    language = current_language()
    places = -int(percent.as_tuple().exponent)
    pattern = Locale.parse(language.locale).percent_formats[None].pattern
    if places > 0:
        pattern = pattern.replace("##0", "##0." + "0" * places)
    return str(format_percent(percent / 100, format=pattern, locale=language.locale))
