"""One-time codes: what was printed is read back however it is typed, and only what was made here passes."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.collector import ALPHABET
from survey_app.domain.ticket import derive_key, draw_ticket, hash_ticket, is_genuine, read_ticket, spell_ticket

KEY = derive_key("secret")
tickets = st.builds(lambda: draw_ticket(KEY, "survey"))
possible = st.text(ALPHABET, min_size=10, max_size=10)


@given(tickets)
def test_ticket_is_read_as_it_was_printed(ticket: str) -> None:
    assert read_ticket(spell_ticket(ticket)) == ticket == read_ticket(ticket)
    assert is_genuine(ticket, KEY, "survey")


@given(possible, st.lists(st.tuples(st.integers(0, 9), st.sampled_from(" -–.·\t\u00a0\u2011")), max_size=8))
def test_ticket_is_read_when_it_was_typed_with_gaps_and_capitals(ticket: str, gaps: list[tuple[int, str]]) -> None:
    typed = ticket.upper()
    for place, gap in gaps:
        typed = typed[:place] + gap + typed[place:]
    assert read_ticket(typed) == ticket


def test_ticket_is_read_when_typed_with_the_digits_of_another_script() -> None:
    for zero in ("٠", "۰", "０", "०"):
        digits = str.maketrans("23456789", "".join(chr(ord(zero) + value) for value in range(2, 10)))
        assert read_ticket("k2m3p-4567x".translate(digits)) == "k2m3p4567x"


@given(st.text(max_size=120))
def test_anything_typed_becomes_a_ticket_or_nothing(typed: str) -> None:
    found = read_ticket(typed)
    assert found == "" or (len(found) == 10 and set(found) <= set(ALPHABET))
    assert found == read_ticket(found)


def test_what_cannot_be_a_ticket_is_none() -> None:
    for typed in ("", "k2m3p4567", "k2m3p4567xx", "k2m3p4567a", "k2m3p45670", "k2m3p4567\x00", "ß" * 10, "k" * 10_000):
        assert read_ticket(typed) == ""


@given(possible)
def test_invented_ticket_is_not_genuine(ticket: str) -> None:
    # One in 19,683 would be; these examples are the same on every machine.
    assert not is_genuine(ticket, KEY, "survey")


@given(tickets, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_mistyped_ticket_is_not_genuine(ticket: str, place: int, sign: str) -> None:
    typed = ticket[:place] + sign + ticket[place + 1 :]
    assert typed == ticket or not is_genuine(typed, KEY, "survey")


def test_ticket_belongs_to_its_survey_and_installation() -> None:
    ticket = draw_ticket(KEY, "survey")
    assert not is_genuine(ticket, KEY, "another")
    assert not is_genuine(ticket, derive_key("other"), "survey")
    hashes = {
        hash_ticket(ticket, key, survey) for key in (KEY, derive_key("other")) for survey in ("survey", "another")
    }
    assert len(hashes) == 4
    assert derive_key(b"secret") == KEY


def test_stored_hash_says_nothing_of_what_is_printed() -> None:
    ticket = draw_ticket(KEY, "survey")
    stored = hash_ticket(ticket, KEY, "survey")
    assert len(stored) == 32
    assert ticket.encode() not in stored
    assert ticket[7:].encode() not in stored


def test_alphabet_keeps_its_signs_when_folded() -> None:
    assert unicodedata.normalize("NFKC", ALPHABET.upper()).lower() == ALPHABET
