"""What the tests of this door share: somebody who organises, sitting at a browser."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from factories import make_meeting, publish_standard
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from survey_app.domain.book import Meeting, Partner
from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.services import collecting, convening
from survey_app.services import questionnaire_design as design

from .visiting import Sheet


class Desk:
    """A browser at the coordinators' door of one network, with a look into its database."""

    def __init__(self, client: FlaskClient, network: Network, session: Session) -> None:
        self.client, self.network, self.session = client, network, session
        self.root = f"/n/{network.slug}"
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def meeting(self, meeting_id: int) -> Meeting:
        """Read a meeting anew."""
        self.session.rollback()
        return convening.load_meeting(self.session, meeting_id, network_id=self.network.id).meeting

    def partners(self) -> list[Partner]:
        """Read the partners anew."""
        self.session.rollback()
        return [stored.partner for stored in convening.list_partners(self.session, network_id=self.network.id)]

    def survey(self, code: str) -> Collector:
        """Read a survey anew."""
        self.session.rollback()
        return convening.load_collector(self.session, code, network_id=self.network.id)

    def answer(self, code: str, times: int) -> None:
        """Answer a survey a number of times."""
        entry = collecting.enter(self.session, code)
        for _time in range(times):
            collecting.submit_response(
                self.session,
                entry,
                fields={"impulses": ["yes"]},
                submission_key=collecting.new_submission_key(),
                language="de",
                receipt_key=b"k" * 32,
                now=datetime.now(UTC),
            )

    def see(self, path: str) -> Sheet:
        return Sheet(self.client.get(self.root + path))

    def follow(self, sheet: Sheet) -> Sheet:
        assert sheet.status == 303, f"{sheet.status}: {sheet.words[:400]}"
        return Sheet(self.client.get(sheet.location))

    def fill(self, path: str, /, **changes: Any) -> Sheet:
        """Open a form, change what is named, send the rest as it stands; None leaves a field out."""
        return self.send(path, self.see(path).fields(), **changes)

    def send(self, path: str, fields: MultiDict[str, str], /, **changes: Any) -> Sheet:
        sent = MultiDict(fields)
        for name, value in changes.items():
            sent.poplist(name)
            for single in [value] if isinstance(value, str) else value or []:
                sent.add(name, single)
        return self.post(self.root + path, sent)

    def press(self, path: str, button: str) -> Sheet:
        """Open a page and press the button whose form leads to an address ending like this."""
        page = self.see(path)
        form = next(form for form in page.root.iter("form") if (form.get("action") or "").endswith(button))
        token = next(field.get("value") for field in form.iter("input") if field.get("name") == "csrf_token")
        return self.post(form.get("action"), {"csrf_token": token})

    def post(self, address: str, data: Any) -> Sheet:
        """Send a form; the test's own look into the database must not keep a transaction open meanwhile."""
        self.session.rollback()
        return Sheet(self.client.post(address, data=data))


@pytest.fixture
def desk(sign_in: Callable[..., FlaskClient], network: Network, session: Session) -> Desk:
    return Desk(sign_in(network, Role.NETWORK_ADMIN), network, session)


@pytest.fixture
def meeting_id(session: Session, network: Network) -> int:
    return make_meeting(session, network)


@pytest.fixture
def version_id(session: Session, network: Network) -> int:
    return publish_standard(session, network)


@pytest.fixture
def empty_id(desk: Desk) -> int:
    """An empty draft, begun as a person does."""
    sheet = desk.fill("/questionnaires/new", title="Kurze Umfrage")
    assert sheet.status == 303
    return int(sheet.location.split("/draft/")[0].rsplit("/", 1)[1])


@pytest.fixture
def standard_id(desk: Desk, session: Session, network: Network) -> int:
    """A draft that says what the published standard questionnaire says."""
    return design.copy_version(session, publish_standard(session, network), network_id=network.id)
