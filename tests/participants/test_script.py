"""The script of participants' pages: one file of small modules, cached for ever, that no page needs."""

import gzip
import re
from pathlib import Path

import pytest
from conditional import conditional_questionnaire
from factories import NOW, make_collector

import survey_app
from survey_app.domain.collector import Device
from survey_app.participants.packing import Packing
from survey_app.participants.script import find_script, join_modules, list_modules, script_for

FOLDER = Path(survey_app.__file__).parent / "static" / "participants"
LONGEST_MODULE = 299
_TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function|const|let) (?:\{ ([^}]*) \}|(\w+))", re.MULTILINE)
_IMPORT = re.compile(r"^import \{ ([^}]*) \} from '\./(\w+)\.js';$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async )?(?:function|const) (\w+)", re.MULTILINE)


def sources(device: Device) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in list_modules(device, is_conditional=True)}


def names_of(source: str) -> list[str]:
    return [name for several, one in _TOP_LEVEL.findall(source) for name in (several or one).split(", ")]


def test_script_is_kept_for_ever_when_fetched(client):
    script = script_for(Device.OWN)
    address = f"/script/{script.digest}.js"
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br;q=0.9"})
    plain = client.get(address)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == script.packed[Packing.PLAIN]
    for answer in (packed, plain):
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("digest", ["0" * 16, "x", "0" * 400, "%00"])
def test_script_of_another_version_is_not_found(client, digest):
    answer = client.get(f"/script/{digest}.js")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("device", Device)
def test_page_has_the_script_for_its_device(phone, session, network, device):
    collector = make_collector(session, network, device=device)
    for path in ("", "/thanks"):
        page = phone.open(f"/q/{collector.code}{path}")
        assert page.one("script").get("src") == f"/script/{script_for(device).digest}.js"
        assert page.root.get("data-device", "own") == device
    form = phone.open(f"/q/{collector.code}").one("form")
    assert form.get("autocomplete") == (None if device is Device.OWN else "off")


def test_any_survey_has_a_page_for_a_tablet_when_asked(phone, collector):
    assert phone.open(f"/q/{collector.code}").root.get("data-device") is None
    page = phone.open(f"/q/{collector.code}?device=kiosk")
    assert page.root.get("data-device") == "kiosk"
    assert "device=kiosk" in page.one("form").get("action")
    assert phone.open(f"/q/{collector.code}?device=anything").root.get("data-device") is None


def test_words_of_the_script_are_in_the_language_of_the_page(phone, collector):
    for language, words in (("de", "Vorlesen"), ("ar", "قراءة بصوت عالٍ"), ("uk", "Прочитати вголос")):
        page = phone.open(f"/q/{collector.code}?lang={language}")
        found = {data.get("value"): data.text for data in page.all("template//data")}
        assert found["aloud"] == words
        assert "{count}" in found["left"]
        assert all(found.values())


@pytest.mark.parametrize("device", Device)
def test_modules_stand_after_what_they_import(device):
    before: dict[str, set[str]] = {}
    for name, source in sources(device).items():
        for imported, origin in _IMPORT.findall(source):
            assert set(imported.split(", ")) <= before[origin], f"{name} imports from {origin}"
        assert source.count("import ") == len(_IMPORT.findall(source))
        before[name] = set(_EXPORT.findall(source))
        assert len(source.splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("device", Device)
def test_no_name_is_given_twice_when_modules_share_one_function(device):
    names = [name for source in sources(device).values() for name in names_of(source)]
    assert len(names) > 20
    assert len(names) == len(set(names))


def test_words_that_a_module_says_are_on_the_page(phone, session, network):
    collector = make_collector(session, network, device=Device.KIOSK)
    found = {data.get("value") for data in phone.open(f"/q/{collector.code}").all("template//data")}
    found |= {data.get("value") for data in phone.open(f"/q/{collector.code}?device=own").all("template//data")}
    own = make_collector(session, network, version_id=collector.version_id)
    found |= {data.get("value") for data in phone.open(f"/q/{own.code}").all("template//data")}
    modules = {name: source for name, source in sources(Device.KIOSK).items() if name != "conditions"}
    said = set(re.findall(r"words\('([a-z-]+)'", "".join(modules.values())))
    assert len(said) > 10
    assert said <= found


def test_unused_words_are_not_sent(phone, session, network):
    collector = make_collector(session, network)
    everything = "".join(sources(Device.KIOSK).values())
    for data in phone.open(f"/q/{collector.code}").all("template//data"):
        name = data.get("value")
        assert f"'{name}'" in everything or name.startswith("earlier-"), name


def test_joined_modules_are_one_function_without_comments():
    first = "/* why\n * and how */\nexport const A = '//';\n\n/** Say. */\nexport async function say() {\n  // no\n}\n"
    second = "import { A, say } from './first.js';\n\nsay(A);\n"
    joined = join_modules([first, second])
    assert joined == "(() => {\n'use strict';\nconst A = '//';\nasync function say() {\n}\nsay(A);\n})();\n"


def test_conditions_are_sent_only_with_forms_that_have_some(phone, collector, open_survey):
    plain, conditional = script_for(Device.OWN), script_for(Device.OWN, is_conditional=True)
    assert b"showIf" not in plain.packed[Packing.PLAIN]
    assert b"showIf" in conditional.packed[Packing.PLAIN]
    other = open_survey(conditional_questionnaire(), published_at=NOW)
    for survey, script in ((collector, plain), (other, conditional)):
        assert phone.open(f"/q/{survey.code}").one("script").get("src") == f"/script/{script.digest}.js"
        assert phone.send(survey.code, {}).one("script").get("src") == f"/script/{script.digest}.js"


@pytest.mark.parametrize("is_conditional", [True, False])
@pytest.mark.parametrize("device", Device)
def test_script_is_found_by_its_digest_only(device, is_conditional):
    script = script_for(device, is_conditional=is_conditional)
    assert find_script(script.digest) == script
    assert find_script(script.digest[:-1]) is None
    assert not re.search(rb"^(import|export) ", script.packed[Packing.PLAIN], re.MULTILINE)
