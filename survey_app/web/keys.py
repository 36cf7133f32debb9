"""Secrets that the doors derive from that of the installation, each for one purpose."""

import hmac

from flask import Flask


def derive_receipt_key(secret: str | bytes) -> bytes:
    """Return the key of receipts, so that nobody can tell submission keys from stored receipts, or vice versa."""
    material = secret.encode() if isinstance(secret, str) else secret
    return hmac.digest(material, b"receipt", "sha256")


def receipt_key_of(app: Flask) -> bytes:
    """Return the key of receipts of an application."""
    return derive_receipt_key(app.config["SETTINGS"].receipt_key or app.config["SECRET_KEY"])
