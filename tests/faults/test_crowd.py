"""The minutes after a meeting: a whole room sends at once, from one address, over a Wi-Fi that loses answers."""

import logging
from collections import Counter

import pytest
from lossy_proxy import Fate, lossy_proxy, random_fates

from faults.crowd import Phone, arrive, percentile, run_apart, statuses

LOG = logging.getLogger(__name__)
pytestmark = pytest.mark.both_databases


def gather_crowd(port: int, code: str, count: int) -> list[Phone]:
    return [Phone(f"phone {number:04}", port, f"/q/{code}", seed=number) for number in range(count)]


def meet(server, survey, *, count: int, within: float) -> list[Phone]:
    """Let a crowd come through a proxy that loses 30 % of the answers to what is sent."""
    with lossy_proxy(server.port, choose=random_fates(7, drop_response=0.3)) as proxy:
        phones = gather_crowd(proxy.port, survey.code, count)
        run_apart(arrive(phones, within))
        assert proxy.counted["POST", Fate.DROP_RESPONSE] > count / 5
    LOG.info(
        f"{count} phones in {within} s: p95 {percentile(phones, 0.95):.3f} s, p99 {percentile(phones, 0.99):.3f} s"
    )
    return phones


def test_everybody_is_stored_once_and_thanked_when_answers_are_lost(server, survey, stored_marks):
    phones = meet(server, survey, count=240, within=15)
    assert statuses(phones) == {200, 303}
    assert all(phone.acknowledged for phone in phones)
    assert stored_marks() == Counter(phone.mark for phone in phones)


@pytest.mark.soak
@pytest.mark.parametrize(("count", "within"), [(240, 60), (720, 300)])
def test_meetings_are_served_when_they_end_together(server, survey, stored_marks, count, within):
    phones = meet(server, survey, count=count, within=within)
    assert statuses(phones) == {200, 303}
    assert stored_marks() == Counter(phone.mark for phone in phones)
    assert percentile(phones, 0.99) <= 1.0


def test_one_response_is_stored_when_half_of_all_answers_are_lost(server, survey, stored_marks):
    with lossy_proxy(server.port, choose=random_fates(3, drop_response=0.5, drop_request=0.1)) as proxy:
        phones = gather_crowd(proxy.port, survey.code, 60)
        run_apart(arrive(phones, 3))
    assert stored_marks() == Counter(phone.mark for phone in phones)
