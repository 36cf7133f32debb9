"""What frames the staff's pages: the head of the report, the page of a refusal."""

from collections.abc import Callable, Mapping

from inspection import InspectingClient

from survey_app.domain.membership import Role
from survey_app.domain.network import Network

from .conftest import CUT_OFF
from .reading import main_of, words


def test_a_refusal_keeps_the_way_to_what_is_allowed(
    networks: Mapping[str, Network], sign_in: Callable[..., InspectingClient]
) -> None:
    refused = sign_in(None, Role.SYSTEM_ADMIN).get("/n/freiburg/?lang=en")
    html = refused.get_data(as_text=True)
    assert refused.status_code == 403
    assert "Netzwerk Freiburg" in html
    assert 'href="/n/freiburg/settings"' in html
    assert 'href="/n/freiburg/reports/' not in html


def test_day_and_readers_stand_once_on_the_screen_and_once_on_paper(reader: InspectingClient) -> None:
    page = reader.get(f"/n/freiburg/reports/?lang=en&cut_off={CUT_OFF}").get_data(as_text=True)
    head = main_of(page)
    shown, printed = (
        words(one) for name in ("no-print", "print-only") for one in head.iter("div") if one.get("class") == name
    )
    assert (shown.count("As of"), shown.count("Readers")) == (1, 1)
    assert "As of 31 December 2024" in printed
    assert "Readers Internal" in printed
