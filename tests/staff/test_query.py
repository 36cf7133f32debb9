"""The day a report speaks of unless somebody asks for another."""

from datetime import date

import pytest

from survey_app.domain.network import Network
from survey_app.domain.tally import Tally
from survey_app.staff.query import build_window

TODAY = date(2026, 11, 22)
START = date(2012, 1, 1)


def survey(day: date, state: str = "sealed") -> Tally:
    return Tally("code", day, state, "q", 1, 0, 0, ())


@pytest.mark.parametrize(
    ("is_synthetic", "surveys", "default"),
    [
        (False, [], TODAY),
        (False, [survey(date(2017, 4, 26))], TODAY),
        (True, [], TODAY),
        (True, [survey(date(2015, 2, 3)), survey(date(2017, 4, 26))], date(2017, 4, 30)),
        (True, [survey(date(2017, 4, 26), "erased")], date(2017, 4, 30)),
        (True, [survey(date(2017, 4, 26)), survey(TODAY, "open")], date(2017, 4, 30)),
        (True, [survey(date(2017, 4, 26)), survey(TODAY)], date(2017, 4, 30)),
        (True, [survey(date(2017, 4, 26)), survey(date(2026, 1, 1))], date(2017, 4, 30)),
        (True, [survey(date(2025, 12, 31)), survey(TODAY)], date(2025, 12, 31)),
        (True, [survey(TODAY)], TODAY),
    ],
)
def test_made_up_networks_are_judged_where_their_records_end(is_synthetic, surveys, default) -> None:
    network = Network(1, "freiburg", "Freiburg", is_synthetic=is_synthetic)
    window = build_window(network, START, surveys, today=TODAY)
    assert (window.first, window.last, window.default) == (START, TODAY, default)


def test_a_network_that_starts_tomorrow_has_a_report_of_today() -> None:
    window = build_window(Network(1, "neu", "Neu"), date(2027, 1, 1), [], today=TODAY)
    assert window.first == window.default == TODAY
