"""Settings: where they come from, and which ones forbid serving real people."""

from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path

import pytest
from databases import SECRET
from hypothesis import given
from hypothesis import strategies as st

from survey_app import create_app
from survey_app.config import Settings, UnsafeSettings, check_settings, load_settings

SAFE = Settings(secret_key=SECRET, base_url="https://resonanz.example.org", production=True)


def write(folder: Path, text: str, mode: int = 0o600) -> None:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def test_defaults_hold_when_nothing_is_set(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {})
    assert settings == Settings(database_url=f"sqlite:///{tmp_path / 'survey.db'}")
    assert settings.is_local
    assert not settings.is_encrypted


def test_environment_wins_over_file_and_file_over_default_when_all_speak(tmp_path: Path) -> None:
    write(tmp_path, 'default_language = "en"\nmail_port = 587\nproduction = true\ndatabase_url = ""\n')
    settings = load_settings(tmp_path, {"SURVEY_MAIL_PORT": "2525", "SURVEY_PRODUCTION": "no", "OTHER": "x"})
    assert (settings.default_language, settings.mail_port, settings.production) == ("en", 2525, False)
    assert settings.max_answer_bytes == 64 * 1024
    assert settings.database_url.endswith("survey.db")


@pytest.mark.parametrize(
    ("raw", "value"), [("1", True), ("TRUE", True), (" yes ", True), ("on", True), ("0", False), ("", False)]
)
def test_switches_are_read_when_written_as_words(tmp_path: Path, raw: str, value: bool) -> None:
    assert load_settings(tmp_path, {"SURVEY_SECOND_FACTOR": raw}).second_factor is value


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("SURVEY_MAIL_PORT", "many"),
        ("SURVEY_MAIL_PORT", "2.5"),
        ("SURVEY_MAIL_PORT", ""),
        ("SURVEY_MAIL_PORT", "--5"),
        ("SURVEY_MAIL_PORT", "²"),
        ("SURVEY_MAIL_PORT", "-"),
        ("SURVEY_PRODUCTION", "perhaps"),
    ],
)
def test_setting_is_refused_by_name_when_its_value_is_of_another_kind(tmp_path: Path, name: str, raw: str) -> None:
    with pytest.raises(UnsafeSettings, match=name.removeprefix("SURVEY_").lower()):
        load_settings(tmp_path, {name: raw})


@given(st.text(max_size=8))
def test_any_text_is_a_number_or_refused_when_a_number_is_needed(tmp_path: Path, raw: str) -> None:
    with suppress(UnsafeSettings):
        assert isinstance(load_settings(tmp_path, {"SURVEY_MAIL_PORT": raw}).mail_port, int)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("colour = 'red'", "unknown setting colour"),
        ("mail_port = true", "mail_port"),
        ("mail_port = 2.5", "mail_port"),
        ("secret_key = 5", "secret_key"),
        ("production = 'perhaps'", "production"),
        ("not toml", "config.toml"),
    ],
)
def test_file_is_refused_with_the_reason_when_it_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    write(tmp_path, text)
    with pytest.raises(UnsafeSettings, match=complaint):
        load_settings(tmp_path, {})


def test_file_is_refused_when_it_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UnsafeSettings, match=r"config\.toml"):
        load_settings(tmp_path, {})


def test_nothing_forbids_serving_when_settings_are_safe(tmp_path: Path) -> None:
    write(tmp_path, "")
    assert check_settings(SAFE, tmp_path) == []
    assert check_settings(replace(SAFE, base_url="http://127.0.0.1:8000"), tmp_path) == []


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"secret_key": ""}, "secret_key"),
        ({"secret_key": "short"}, "secret_key"),
        ({"secret_key": "ab" * 32}, "secret_key"),
        ({"base_url": "http://resonanz.example.org"}, "base_url"),
        ({"base_url": "resonanz.example.org"}, "base_url"),
        ({"base_url": "https://"}, "base_url"),
        ({"base_url": ""}, "base_url"),
        ({"trusted_proxies": -1}, "trusted_proxies"),
        ({"max_answer_bytes": 0}, "max_answer_bytes"),
        ({"max_staff_bytes": -1}, "max_staff_bytes"),
        ({"session_idle_minutes": 0}, "session_idle_minutes"),
        ({"session_hours": 0}, "session_hours"),
    ],
)
def test_serving_is_forbidden_when_one_setting_is_unsafe(tmp_path: Path, values: dict[str, object], name: str) -> None:
    problems = check_settings(replace(SAFE, **values), tmp_path)
    assert [problem.split(":")[0] for problem in problems] == [name]
    with pytest.raises(UnsafeSettings, match=name):
        create_app(replace(SAFE, **values), instance_path=str(tmp_path))


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o666])
def test_serving_is_forbidden_when_others_can_read_the_secrets(tmp_path: Path, mode: int) -> None:
    write(tmp_path, "", mode)
    assert check_settings(SAFE, tmp_path) == [
        "config.toml: holds secrets and is readable by others; set its mode to 600"
    ]


def test_unsafe_settings_only_warn_nobody_when_not_in_production(tmp_path: Path) -> None:
    app = create_app(Settings(database_url="sqlite://"), instance_path=str(tmp_path))
    assert len(app.config["SECRET_KEY"]) >= 32
    other = create_app(Settings(database_url="sqlite://"), instance_path=str(tmp_path))
    assert app.config["SECRET_KEY"] != other.config["SECRET_KEY"], "nobody can guess it"


def test_every_setting_is_explained_when_listed() -> None:
    assert Settings.__doc__ is not None
    explained = {
        name.strip() for line in Settings.__doc__.splitlines() if ":" in line for name in line.split(":")[0].split(",")
    }
    assert {field.name for field in fields(Settings)} <= explained


def test_no_database_is_opened_when_the_application_is_made(tmp_path: Path) -> None:
    create_app(Settings(database_url=f"sqlite:///{tmp_path / 'survey.db'}"), instance_path=str(tmp_path))
    assert list(tmp_path.glob("survey.db*")) == []
