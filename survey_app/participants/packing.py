"""How an answer is packed for its way: as the browser wishes, smallest first."""

import gzip
from enum import StrEnum
from functools import lru_cache

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

_FAST = {"gzip": 6, "br": 5}
_SMALL = {"gzip": 9, "br": 11}


class Packing(StrEnum):
    """Names of content encodings."""

    PLAIN = "identity"
    GZIP = "gzip"
    BROTLI = "br"


@lru_cache(maxsize=256)
def choose_packing(accepted: str) -> Packing:
    """Return the best packing that a browser takes, by its Accept-Encoding header."""
    header = parse_accept_header(accepted[:200], Accept)
    wishes = {packing: header[packing] for packing in (Packing.BROTLI, Packing.GZIP)}
    best = max(wishes, key=lambda packing: wishes[packing])
    return best if wishes[best] > 0 else Packing.PLAIN


def pack(content: bytes, packing: Packing, *, once: bool) -> bytes:
    """Return the content packed: fast if it is sent once, small if it is kept."""
    levels = _FAST if once else _SMALL
    match packing:
        case Packing.GZIP:
            return gzip.compress(content, levels["gzip"], mtime=0)
        case Packing.BROTLI:
            return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=levels["br"]))
        case Packing.PLAIN:
            return content


def content_headers(packing: Packing) -> dict[str, str]:
    """Return the header that names the packing, if there is one."""
    return {} if packing is Packing.PLAIN else {"Content-Encoding": packing}
