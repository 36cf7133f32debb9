import hmac

import pytest

from survey_app.participants.kept import FRESH_SECONDS, Kept, LeastRecent
from survey_app.web.keys import derive_receipt_key


def test_oldest_is_forgotten_when_there_are_too_many():
    cache = LeastRecent(2)
    cache.keep("a", 1)
    cache.keep("b", 2)
    assert cache.find("a") == 1
    cache.keep("c", 3)
    assert [cache.find(key) for key in "abc"] == [1, None, 3]


def test_value_goes_when_forgotten():
    cache = LeastRecent(2)
    cache.keep("a", 1)
    cache.forget("a")
    cache.forget("never there")
    assert cache.find("a") is None


@pytest.mark.parametrize(("later", "loads"), [(FRESH_SECONDS - 0.01, 1), (FRESH_SECONDS, 2), (60, 2)])
def test_survey_is_loaded_again_when_a_second_has_passed(later, loads):
    memory = Kept(b"key")
    made = []

    def load():
        made.append(object())
        return made[-1]

    first = memory.recent_entry("abc", load, clock=lambda: 100.0)
    second = memory.recent_entry("abc", load, clock=lambda: 100.0 + later)
    assert len(made) == loads
    assert (first is second) == (loads == 1)
    assert memory.last_entry("abc") is second


def test_nothing_is_kept_when_loading_fails():
    memory = Kept(b"key")
    with pytest.raises(LookupError):
        memory.recent_entry("abc", lambda: (_ for _ in ()).throw(LookupError()))
    assert memory.last_entry("abc") is None


def test_receipt_key_is_derived_and_not_the_secret_when_used():
    assert derive_receipt_key("secret") == hmac.digest(b"secret", b"receipt", "sha256")
    assert derive_receipt_key(b"secret") == derive_receipt_key("secret")
    assert derive_receipt_key("other") != derive_receipt_key("secret")
