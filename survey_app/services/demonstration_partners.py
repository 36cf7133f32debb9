"""Made-up partners of the demonstration network."""

from collections.abc import Iterator, Mapping
from datetime import date

from survey_app.domain.book import ActorGroup, EducationField, Partner

# How many of twelve partners belong to a group: schools and authorities are many, business is rare.
_GROUPS = (
    *[ActorGroup.CHILDCARE_SCHOOL_UNIVERSITY] * 3,
    *[ActorGroup.POLITICS_ADMINISTRATION] * 2,
    *[ActorGroup.PROVIDER_ADVICE] * 2,
    *[ActorGroup.CLUB_VOLUNTEERS] * 2,
    ActorGroup.MIGRANT_ORGANISATION,
    ActorGroup.WELFARE_CHURCH_FOUNDATION,
    ActorGroup.BUSINESS_CHAMBERS,
)


def invent_partners(planned: Mapping[str, Mapping[str, int]]) -> Iterator[Partner]:
    """Yield the partners so that, at the end of each year, as many have come so far as planned.

    Args:
        planned: for each step the number of partners who had taken it by the end of a year, by year.
    """
    steps = {step: sorted((int(year), count) for year, count in years.items()) for step, years in planned.items()}
    total = steps["identified"][-1][1]
    for number in range(total):
        group = _GROUPS[number % len(_GROUPS)]
        yield Partner(
            name=f"Beispielpartner {number + 1:03} (erfunden)",
            actor_group=group,
            fields=(list(EducationField)[number % len(EducationField)],),
            inside=group is ActorGroup.POLITICS_ADMINISTRATION,
            identified_on=_day(steps["identified"], number, month=2),
            informed_on=_day(steps["informed"], number, month=6),
            won_on=_day(steps["won"], number, month=10),
        )


def _day(years: list[tuple[int, int]], number: int, *, month: int) -> date | None:
    """Return the day on which partner `number` took a step, None if that has not happened."""
    year = next((year for year, count in years if number < count), None)
    return None if year is None else date(year, month, 1 + number % 28)
