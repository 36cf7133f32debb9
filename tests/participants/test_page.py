import gzip
import re
from dataclasses import replace

from factories import NOW, make_collector, standard_questionnaire
from flask import Flask

from survey_app.participants.kept import memory
from survey_app.participants.page import order_of
from survey_app.services import convening
from survey_app.services.collecting import new_submission_key

BUDGET = 14_000
LANGUAGES = standard_questionnaire().languages


def fetch(app: Flask, address: str, encoding: str):
    return app.test_client().get(address, headers={"Accept-Encoding": encoding})


def weigh(app: Flask, address: str) -> int:
    with fetch(app, address, "gzip") as answer:
        return len(answer.data)


def test_page_fits_into_the_first_packets_when_compressed(app, session, network):
    collector = make_collector(session, network, is_synthetic=True)
    for language in LANGUAGES:
        answer = fetch(app, f"/q/{collector.code}?lang={language}", "gzip, deflate")
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers) + len("HTTP/1.1 200 OK\r\n\r\n")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.data) + head <= BUDGET
        html = gzip.decompress(answer.data).decode()
        assert html.count("<script") == html.count("defer></script></body>") == 1, "no browser waits for it"
        assert html.count("<link") == 1, "only the icon, which no browser waits for"
        assert "<style>:root{" in html


def test_everything_a_page_needs_is_small_when_compressed(app, session, network):
    collector = make_collector(session, network, is_synthetic=True)
    for language in LANGUAGES:
        address = f"/q/{collector.code}?lang={language}"
        html = fetch(app, address, "identity").get_data(as_text=True)
        needed = [address, *re.findall(r'(?:<script src|<link rel="icon" href)="([^"]+)"', html)]
        assert len(needed) == 3
        assert html.count(" src=") + html.count("<link") == 2
        assert sum(weigh(app, part) for part in needed) <= BUDGET


def test_compressed_page_is_the_plain_page_when_unpacked(app, collector, monkeypatch):
    for number in range(8):
        key = f"{number:022}"
        for module in ("page", "express"):
            monkeypatch.setattr(f"survey_app.participants.{module}.new_submission_key", lambda key=key: key)
        address = f"/q/{collector.code}?lang=ar"
        plain = fetch(app, address, "identity").data
        assert gzip.decompress(fetch(app, address, "gzip").data) == plain
        assert plain.count(key.encode()) == 1


def test_order_of_choices_differs_when_people_differ():
    orders = [order_of(new_submission_key()) for _ in range(400)]
    assert sorted(set(orders)) == [0, 1, 2, 3]
    assert min(orders.count(order) for order in range(4)) > 50


def test_page_is_compressed_when_the_browser_takes_it(app, collector):
    takes = {"gzip": "gzip", "br;q=1.0, gzip;q=0.8, *;q=0.1": "br", "*": "br", "br": "br"}
    for accepted in (*takes, "", "identity", "gzip;q=0", "x" * 500):
        answer = fetch(app, f"/q/{collector.code}", accepted)
        assert answer.headers.get("Content-Encoding") == takes.get(accepted)
        assert {"Accept-Encoding", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
        assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_refused_form_is_compressed_too_when_the_browser_takes_it(app, collector):
    answer = app.test_client().post(
        f"/q/{collector.code}", data={"benefit": "none"}, headers={"Accept-Encoding": "gzip"}
    )
    assert answer.status_code == 400
    assert b'value="none" checked' in gzip.decompress(answer.data)
    assert len(answer.data) < BUDGET


def test_answers_of_one_person_never_reach_another_when_pages_are_kept(phone, collector):
    page = phone.open(f"/q/{collector.code}?lang=de")
    phone.send(collector.code, page.fields | {"remarks": "geheim", "switch_language": "de"})
    phone.send(collector.code, {"remarks": "geheim"})
    assert "geheim" not in phone.open(f"/q/{collector.code}?lang=de").text


def test_page_changes_when_the_network_changes(phone, session, network, collector, without_memory):
    assert "Netzwerk Freiburg" in phone.open(f"/q/{collector.code}").everything
    convening.change_settings(session, replace(network, name="Netz am Rhein"))
    page = phone.open(f"/q/{collector.code}")
    assert "Netz am Rhein" in page.everything
    assert "Netzwerk Freiburg" not in page.everything


def test_pages_are_kept_once_per_order_when_many_visit(app, phone, collector):
    for _ in range(400):  # a missing order is rendered only when two draws agree on it
        fetch(app, f"/q/{collector.code}?lang=de", "gzip")
    with app.app_context():
        assert len(memory().pages._values) == 4


def test_page_survives_when_its_words_hold_a_key(phone, open_survey, session):
    base = standard_questionnaire()
    texts = dict(base.texts) | {"introduction": dict.fromkeys(LANGUAGES, 'value="' + "x" * 22 + '" <style></style>')}
    collector = open_survey(replace(base, texts=texts), published_at=NOW)
    page = phone.open(f"/q/{collector.code}")
    assert page.words("p[@class='introduction']") == 'value="' + "x" * 22 + '" <style></style>'
    assert len(page.all("style")) == 1
