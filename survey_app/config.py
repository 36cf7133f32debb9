"""Every setting of an installation, each with its meaning, and the check that refuses unsafe ones.

A setting comes from the environment (prefix ``SURVEY_``), else from ``instance/config.toml`` (same names without
the prefix, lower case), else from the default here.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SHORTEST_KEY = 32
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,12}")
_POSITIVE = ("max_answer_bytes", "default_ceiling", "max_staff_bytes", "session_idle_minutes", "session_hours")


class UnsafeSettings(Exception):
    """The settings would endanger answers or accounts; each line says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    Attributes:
        secret_key: signs sessions and tokens; at least 32 characters, known to nobody; needed to sign in.
        receipt_key: makes receipts of submissions unreadable; derived from `secret_key` unless given.
        database_url: SQLAlchemy address; the default is the file ``survey.db`` in the instance folder.
        base_url: the public address that QR codes, mails and absolute links carry.
        production: true where real people answer; switches every refusal of `check_settings` on.
        trusted_proxies: number of reverse proxies in front whose forwarding headers may be believed.
        default_language: language of pages that belong to no network.
        max_answer_bytes: largest form that a participant may send.
        default_ceiling: responses that a survey takes where nobody knows how many people to expect; where it is
            known, three times as many. Coordinators can raise it for their survey.
        max_staff_bytes: largest form or file that staff may send.
        second_factor: whether staff must sign in with a second factor.
        mail_server, mail_port, mail_user, mail_password, mail_sender: SMTP for password mails; without a server
            they are written to ``outbox/`` in the instance folder.
        session_idle_minutes, session_hours: how long a sign-in lives unused, and at most.
    """

    secret_key: str = ""
    receipt_key: str = ""
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    production: bool = False
    trusted_proxies: int = 0
    default_language: str = "de"
    max_answer_bytes: int = 64 * 1024
    default_ceiling: int = 3_000
    max_staff_bytes: int = 5 * 1024 * 1024
    second_factor: bool = False
    mail_server: str = ""
    mail_port: int = 25
    mail_user: str = ""
    mail_password: str = ""
    mail_sender: str = "resonanz@localhost"
    session_idle_minutes: int = 60
    session_hours: int = 12

    @property
    def is_local(self) -> bool:
        """Tell whether the public address is this machine itself, where plain HTTP is safe."""
        return urlsplit(self.base_url).hostname in _LOOPBACK

    @property
    def is_encrypted(self) -> bool:
        """Tell whether the public address uses TLS."""
        return urlsplit(self.base_url).scheme == "https"


def load_settings(instance: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this installation.

    Args:
        instance: folder that may hold ``config.toml``.
        environment: variables with the prefix ``SURVEY_``; they win over the file.

    Raises:
        UnsafeSettings: for a name that is no setting or a value of the wrong kind.
    """
    stored = _read_file(instance / "config.toml")
    known = {field.name: field for field in fields(Settings)}
    unknown = sorted(stored.keys() - known.keys())
    if unknown:
        raise UnsafeSettings(f"config.toml: unknown setting {', '.join(unknown)}")
    values: dict[str, Any] = {}
    for name, field in known.items():
        raw = environment.get(f"SURVEY_{name.upper()}", stored.get(name))
        if raw is not None:
            values[name] = _convert(name, raw, type(field.default))
    values.setdefault("database_url", "")
    if not values["database_url"]:
        values["database_url"] = f"sqlite:///{instance / 'survey.db'}"
    return Settings(**values)


def _read_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnsafeSettings(f"config.toml: {error}") from error


def _convert(name: str, raw: object, kind: type) -> object:
    if isinstance(raw, kind) and not (kind is int and isinstance(raw, bool)):
        return raw
    text = str(raw).strip().lower()
    if kind is bool and text in ("1", "true", "yes", "on", "0", "false", "no", "off", ""):
        return text in ("1", "true", "yes", "on")
    if kind is int and _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    raise UnsafeSettings(f"{name}: {raw!r} is not a {kind.__name__}")


def check_settings(settings: Settings, instance: Path) -> list[str]:
    """Return what forbids serving real people with these settings, one line each; empty means safe."""
    problems = []
    if len(settings.secret_key) < _SHORTEST_KEY or len(set(settings.secret_key)) < 8:
        problems.append(f"secret_key: needs at least {_SHORTEST_KEY} random characters")
    if not urlsplit(settings.base_url).hostname:
        problems.append("base_url: needs the public address with its host")
    elif not settings.is_encrypted and not settings.is_local:
        problems.append("base_url: participants and staff need https")
    problems += [f"{name}: must be greater than 0" for name in _POSITIVE if getattr(settings, name) <= 0]
    if settings.trusted_proxies < 0:
        problems.append("trusted_proxies: cannot be negative")
    config = instance / "config.toml"
    if config.is_file() and config.stat().st_mode & 0o077:
        problems.append("config.toml: holds secrets and is readable by others; set its mode to 600")
    return problems
