"""One-time codes of closed groups: drawn, spelled for a card, read as typed, recognised, and hashed for storage.

A ticket is ten characters: seven drawn at random, three that only this installation can add. So a code that was
never given out is told from one that has been used without keeping anything about the used ones.
"""

import hmac
import re
import secrets
import unicodedata

from survey_app.domain.collector import ALPHABET

_DRAWN = 7
_ADDED = 3
_LENGTH = _DRAWN + _ADDED
_HALF = _LENGTH // 2
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212.·]+")
_LONGEST = 100
"""Longer than any way to type a ticket; nothing else is looked at."""


def draw_ticket(key: bytes, collector_id: str) -> str:
    """Return a new ticket for a survey; with 240 tickets one guess in 8·10¹¹ would pass.

    Args:
        key: secret of this installation, see `derive_key`.
    """
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(_DRAWN))
    return drawn + _added(key, collector_id, drawn)


def derive_key(secret: str | bytes) -> bytes:
    """Return the key of tickets, so that nobody can tell anything else that the secret protects from them."""
    material = secret.encode() if isinstance(secret, str) else secret
    return hmac.digest(material, b"ticket", "sha256")


def read_ticket(typed: str) -> str:
    """Return the ticket in what somebody typed, in any case, spacing and script of digits; "" if it cannot be one."""
    if len(typed) > _LONGEST:
        return ""
    folded = unicodedata.normalize("NFKC", _BETWEEN.sub("", typed)).lower()
    plain = "".join(str(unicodedata.digit(sign, sign)) for sign in folded)
    is_possible = len(plain) == _LENGTH and all(sign in ALPHABET for sign in plain)
    return plain if is_possible else ""


def spell_ticket(ticket: str) -> str:
    """Return a ticket as it stands on a card: two groups that are easy to read out."""
    return f"{ticket[:_HALF]}-{ticket[_HALF:]}"


def is_genuine(ticket: str, key: bytes, collector_id: str) -> bool:
    """Tell whether this installation made the ticket for this survey, used or not; a mistyped one almost never passes.

    One mistyped ticket in 27³ = 19,683 does, and is then taken for a used one.
    """
    return hmac.compare_digest(ticket[_DRAWN:], _added(key, collector_id, ticket[:_DRAWN]))


def hash_ticket(ticket: str, key: bytes, collector_id: str) -> bytes:
    """Return what is stored instead of a ticket: 32 bytes that lead back to it for nobody without the key."""
    return hmac.digest(key, f"stored {collector_id} {ticket}".encode(), "sha256")


def _added(key: bytes, collector_id: str, drawn: str) -> str:
    number = int.from_bytes(hmac.digest(key, f"added {collector_id} {drawn}".encode(), "sha256"))
    added = ""
    for _place in range(_ADDED):
        number, index = divmod(number, len(ALPHABET))
        added += ALPHABET[index]
    return added
