"""Files that a page carries: what is packed comes back, and nothing else is believed."""

from base64 import urlsafe_b64encode

from hypothesis import given
from hypothesis import strategies as st

from survey_app.coordinators.table_files import pack, unpack
from survey_app.domain.errors import InvalidRecord


@given(st.binary(max_size=400))
def test_what_is_packed_comes_back(data: bytes) -> None:
    if data:
        assert unpack(pack(data)) == data


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: urlsafe_b64encode(data).decode()))
def test_no_text_breaks_the_unpacking(text: str) -> None:
    codes = []
    try:
        codes = [] if unpack(text) else ["nothing"]
    except InvalidRecord as error:
        codes = [problem.code for problem in error.problems]
    assert codes in ([], ["file_is_lost"])
