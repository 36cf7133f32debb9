"""Plain values as text that is the same whenever the values are."""

import hashlib
import json


def write_json(plain: object) -> str:
    """Return JSON with sorted keys and a line end, as it is stored and sent."""
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def fingerprint(*texts: str) -> str:
    """Return the SHA-256 of texts, told apart by their lengths."""
    digest = hashlib.sha256()
    for text in texts:
        encoded = text.encode()
        digest.update(f"{len(encoded)}:".encode() + encoded)
    return digest.hexdigest()
