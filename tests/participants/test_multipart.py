"""Forms in parts: nested, endless, without names, with files; they are answers or they are refused."""

import pytest

from .forms import ANSWERS, LIMIT

STORED, REFUSED, TOO_LARGE = 303, 400, 413


def part(name: str, value: str | bytes, more: str = "") -> bytes:
    content = value.encode() if isinstance(value, str) else value
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


def form(*parts: bytes, end: bytes = b"--b--\r\n") -> bytes:
    return b"".join((part("submission_key", "x" * 22), part("impulses", "yes"), *parts, end))


def nested(depth: int) -> bytes:
    inner = b"end"
    for level in range(depth):
        mark = f"n{level}".encode()
        head = b"--" + mark + b"\r\nContent-Type: multipart/mixed; boundary=n" + str(level - 1).encode()
        inner = head + b"\r\n\r\n" + inner + b"\r\n--" + mark + b"--\r\n"
    return inner


CASES = {
    "plain": (form(part("remarks", ANSWERS["remarks"][0])), STORED),
    "nested two hundred deep": (form(part("remarks2", nested(200))), STORED),
    "nested as an answer": (form(part("remarks", nested(200))), REFUSED),
    "another form within": (form(part("remarks2", form())), STORED),
    "a file beside the answers": (form(part("photo", b"\xff\xd8" * 500, '; filename="a.jpg"')), STORED),
    "a file instead of an answer": (
        b"".join((part("submission_key", "x" * 22), part("impulses", "yes", '; filename="a"'), b"--b--\r\n")),
        REFUSED,
    ),
    "nine hundred files": (form(*(part("f", "x", '; filename="a"') for _file in range(900))), STORED),
    "ten thousand parts": (form(*(part("a", "") for _part in range(10_000))), TOO_LARGE),
    "a name of ten thousand signs": (form(part("n" * 10_000, "x")), STORED),
    "a name with a null": (form(part("remarks\x00", "x")), STORED),
    "a value in broken UTF-8": (form(part("remarks", b"a\xff\xfe\xed\xa0\x80b")), STORED),
    "without its end": (form(end=b""), REFUSED),
    "without any name": (form(b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n"), STORED),
    "with a head that never ends": (form(b"--b\r\n" + b"X: y\r\n" * 2_000), REFUSED),
    "larger than may be stored": (form(part("remarks2", "x" * LIMIT)), TOO_LARGE),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("case", CASES)
def test_parts_are_answers_or_refused(bare, collector, count_stored, case) -> None:
    body, status = CASES[case]
    answer = bare.post(f"/q/{collector.code}", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == status
    assert count_stored() == (status == STORED)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("nul\x00l", "null"),
        ("\u202efdp.exe", "fdp.exe"),
        ("\u2067offen", "\u2067offen\u2069"),
        ("می\u200cروم\u200f", "می\u200cروم\u200f"),
        ("👩\u200d👩\u200d👧 e\u0301", "👩\u200d👩\u200d👧 é"),
        ("\ufeffBOM", "\ufeffBOM"),
        ("a\u2028b\u2029c", "a\u2028b\u2029c"),
        ("%FF %00 \\u202e", "%FF %00 \\u202e"),
        ("ﷺ" * 400, "ﷺ" * 400),
    ],
)
def test_words_are_stored_alike_on_both_databases(bare, collector, stored_texts, typed, stored) -> None:
    fields = {"remarks": typed, "submission_key": "x" * 22}
    assert bare.post(f"/q/{collector.code}", data=fields).status_code == STORED
    assert stored_texts() == {"remarks": stored}
