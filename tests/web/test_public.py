"""Pages for everybody: notices of a network, feedback, health."""

import pytest
from databases import SECRET
from factories import make_network
from sqlalchemy import event, text

from survey_app import create_app
from survey_app.config import Settings
from survey_app.domain.network import Minimums
from survey_app.extensions import db

NOTICES = ("imprint", "privacy", "accessibility", "feedback")


@pytest.mark.parametrize("notice", NOTICES)
def test_notice_is_shown_when_nobody_is_signed_in(client, network, notice):
    answer = client.get(f"/{notice}/freiburg")
    assert answer.status_code == 200
    assert "Netzwerk Freiburg" in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("notice", NOTICES)
def test_notices_are_listed_when_no_network_is_named(client, session, network, notice):
    make_network(session, "lahn")
    body = client.get(f"/{notice}").get_data(as_text=True)
    assert f'href="/{notice}/freiburg"' in body
    assert f'href="/{notice}/lahn"' in body
    assert client.get(f"/{notice}/nowhere").status_code == 404


@pytest.mark.parametrize("notice", NOTICES)
def test_every_page_links_its_network_notices_when_open(client, network, notice):
    body = client.get("/privacy/freiburg?lang=ar").get_data(as_text=True)
    assert f'href="/{notice}/freiburg?lang=ar"' in body


@pytest.mark.parametrize("notice", NOTICES)
def test_list_says_so_when_there_is_no_network(client, notice):
    assert client.get(f"/{notice}").status_code == 200


def test_imprint_is_marked_as_german_when_page_is_arabic(client, session):
    make_network(session, imprint={"de": "Rathausplatz 2\n\n<script>alert(1)</script>"})
    body = client.get("/imprint/freiburg?lang=ar").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in body
    assert '<div class="lines" lang="de" dir="ltr"><p>Rathausplatz 2' in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
    assert "<script>" not in body


def test_imprint_is_in_own_language_when_it_exists(client, session):
    make_network(session, imprint={"de": "Rathausplatz 2", "ar": "ساحة البلدية"})
    body = client.get("/imprint/freiburg?lang=ar").get_data(as_text=True)
    assert '<div class="lines" lang="ar" dir="rtl"><p>ساحة البلدية</p>' in body
    assert "Rathausplatz" not in body


def test_privacy_speaks_for_itself_when_network_wrote_nothing(client, session):
    make_network(session, privacy={}, retention_months=7, minimums=Minimums(internal=9))
    body = client.get("/privacy/freiburg?lang=en").get_data(as_text=True)
    assert "7 months" in body
    assert "from 9 answers on" in body
    assert 'class="lines"' not in body


def test_privacy_begins_with_network_words_when_it_wrote_some(client, network):
    body = client.get("/privacy/freiburg?lang=de").get_data(as_text=True)
    assert body.index("Wir speichern keine Namen.") < body.index("<ul>", body.index("<main"))


def test_accessibility_names_languages_that_nobody_has_read_in_their_own_language(client, network):
    body = client.get("/accessibility/freiburg?lang=en").get_data(as_text=True)
    for tag, direction, name in (("ti", "ltr", "ትግርኛ"), ("ar", "rtl", "العربية"), ("ku", "ltr", "Kurdî (kurmancî)")):
        assert f'<bdi lang="{tag}" dir="{direction}">{name}</bdi>' in body
    assert '<bdi lang="de"' not in body


def test_feedback_names_address_when_there_is_one(client, session):
    make_network(session, contact_email="a&b@example.org")
    body = client.get("/feedback/freiburg").get_data(as_text=True)
    assert 'href="mailto:a%26b%40example.org"' in body
    assert "<bdi>a&amp;b@example.org</bdi>" in body


def test_feedback_names_another_way_when_address_is_missing(client, session):
    make_network(session, contact_email="")
    body = client.get("/feedback/freiburg").get_data(as_text=True)
    assert "mailto:" not in body
    assert 'href="/imprint/freiburg"' in body


def test_synthetic_network_is_marked_when_shown(client, session):
    make_network(session, is_synthetic=True)
    make_network(session, "lahn")
    assert 'class="synthetic"' in client.get("/imprint/freiburg").get_data(as_text=True)
    assert 'class="synthetic"' not in client.get("/imprint/lahn").get_data(as_text=True)


def test_health_answers_when_process_lives(client):
    assert client.get("/healthz").get_data(as_text=True) == "ok\n"


@pytest.mark.both_databases
def test_readiness_depends_on_schema_when_asked(client, session):
    assert client.get("/readyz").status_code == 200
    session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    session.commit()
    behind = client.get("/readyz")
    assert (behind.status_code, behind.get_data(as_text=True)) == (503, "database not migrated\n")
    assert behind.headers["Retry-After"]


def test_readiness_fails_when_database_is_out_of_reach(tmp_path):
    settings = Settings(secret_key=SECRET, database_url=f"sqlite:///{tmp_path}/nowhere/survey.db")
    answer = create_app(settings, instance_path=str(tmp_path)).test_client().get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "database unreachable\n")


@pytest.mark.both_databases
def test_process_is_not_ready_when_a_commit_could_be_lost(app, client, database_kind):
    laxness = {"sqlite": "PRAGMA synchronous=NORMAL", "postgresql": "SET synchronous_commit TO off"}

    def loosen(connection, _record):
        connection.execute(laxness[database_kind])
        connection.commit()

    with app.app_context():
        event.listen(db.engine, "connect", loosen)
        db.engine.dispose()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_data(as_text=True).startswith("database not durable: synchronous")
