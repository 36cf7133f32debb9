"""Names of XLSForms as codes: lower case, a letter first, each only once."""

import re
import unicodedata
from collections.abc import Container

from survey_app.domain.code_making import LONGEST_CODE
from survey_app.domain.item_document import RESERVED_CODES

_FOREIGN = re.compile(r"[^a-z0-9_-]+")
_BEFORE_LETTER = re.compile(r"^[^a-z0-9]+")


def make_code(name: str, *, taken: Container[str], prefix: str = "q") -> str:
    """Return a code for a name: the name itself where it is one that is free, else what is nearest to it.

    Args:
        prefix: what is put before a name that begins with a digit, or has no letters at all.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = _BEFORE_LETTER.sub("", _FOREIGN.sub("_", plain))
    code = (bare if bare[:1].isalpha() else f"{prefix}{bare}")[:LONGEST_CODE]
    if code not in taken and code not in RESERVED_CODES:
        return code
    number = 2
    while True:
        candidate = f"{code[: LONGEST_CODE - 1 - len(str(number))]}_{number}"
        if candidate not in taken:
            return candidate
        number += 1
