"""A database with at least one row in every table, made through the use cases where there are any."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from answering import RECEIPT_KEY, submit
from factories import NOW, freiburg_goals, make_account, make_collector, make_meeting, make_network, publish_standard
from sqlalchemy import insert
from sqlalchemy.orm import Session

from survey_app.domain.announcement import Logo
from survey_app.domain.book import Need, Offer, Partner, Quotation
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Item, ItemType, Questionnaire
from survey_app.domain.questionnaire_editing import copy_item
from survey_app.services import (
    accounts,
    convening,
    designing,
    housekeeping,
    questionnaire_design,
    recording,
    tickets,
)
from survey_app.services.networks import change_logo
from survey_app.services.questionnaire_design import Step
from survey_app.storage.engine import writing
from survey_app.storage.quotations import add_quotation
from survey_app.storage.tables import ReleaseRow, TranslatorLinkRow, release_file


def fill_every_table(session: Session) -> None:
    """Write a network with everything a network can have; the newest schema is needed."""
    network = _make_network(session)
    for role in (Role.NETWORK_ADMIN, Role.SYSTEM_ADMIN):
        make_account(session, network, role)
    accounts.record_failure(session, "guess@example.org", now=NOW)
    convening.add_partner(session, Partner("vhs", fields=("school",)), network_id=network.id)
    goals = designing.publish_goal_system(session, freiburg_goals(), network_id=network.id, now=NOW)
    version = publish_standard(session, network)
    meeting = make_meeting(session, network)
    form = {"impulses": ["yes"], "remarks": ["سلام 🎉"]}
    for is_sealed in (True, False):
        collector = make_collector(session, network, now=NOW, meeting_id=meeting, version_id=version)
        submit(session, collector.code, form)
        if is_sealed:
            housekeeping.close_collector(session, collector.code, network_id=network.id, now=NOW)
            housekeeping.seal_collector(session, collector.code, network_id=network.id, now=NOW, grace=timedelta(0))
    closed = make_collector(session, network, now=NOW, meeting_id=meeting, version_id=version, needs_ticket=True)
    tickets.give_out_tickets(session, closed, count=1, receipt_key=RECEIPT_KEY)
    _record_need(session, network.id, meeting)
    _design_questionnaire(session, network.id)
    with writing(session):
        quoted = Quotation("M1", NOW.date(), Fraction(1, 3), "Bericht, Seite 3", respondents=120)
        add_quotation(session, quoted, network_id=network.id)
        release = ReleaseRow(
            network_id=network.id,
            goal_system_id=goals,
            tier="public",
            cut_off=NOW.date(),
            released_at=NOW,
            released_by="somebody@example.org",
            facts_hash="0" * 64,
            number=1,
            document="{}",
            annex="{}",
            descriptions="[]",
            ledger="[]",
        )
        session.add(release)
        session.flush()
        session.execute(insert(release_file), {"release_id": release.id, "kind": "csv", "content": b"I5"})


def _design_questionnaire(session: Session, network_id: int) -> None:
    """Leave a draft with translations, with a step that can be undone, and with a link for a translator."""
    text = {"de": "Guten Tag", "en": "Hello"}
    item = Item("greeting", ItemType.BLOCK, text)
    draft = Questionnaire("draft", 1, "de", ("de", "en"), (item,))
    version = questionnaire_design.start_draft(session, draft, network_id=network_id)
    questionnaire_design.change_draft(
        session,
        version,
        lambda one: replace(one, items=()),
        network_id=network_id,
        step=Step("item_removed", "greeting"),
    )
    questionnaire_design.undo(session, version, network_id=network_id, revision=2)
    questionnaire_design.change_draft(
        session, version, lambda one: copy_item(one, "greeting")[0], network_id=network_id, step=Step("item_copied")
    )
    with writing(session):
        session.add(
            TranslatorLinkRow(
                network_id=network_id,
                version_id=version,
                language="en",
                token_hash=b"h" * 32,
                expires_at=NOW,
            )
        )


def _make_network(session: Session) -> Network:
    network = make_network(session, colour="#14375e")
    change_logo(session, Logo(b"PNG", 2, 1, "Wappen"), network_id=network.id)
    return network


def _record_need(session: Session, network_id: int, meeting_id: int) -> None:
    offer = Offer(title="Sprachkurs", places=12, languages=("de",))
    offer_id = recording.add_offer(session, offer, network_id=network_id)
    need = Need(title="Beratung", meeting=str(meeting_id), offer=str(offer_id), status="offer_created")
    recording.add_need(session, need, network_id=network_id)
