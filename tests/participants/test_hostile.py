"""Nothing that is sent to this door breaks it, runs in a page, or is stored unless it fits the questionnaire."""

from urllib.parse import urlencode

from factories import standard_questionnaire
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from participants.conftest import Page
from survey_app.domain.response import Answers, read_answers
from survey_app.domain.text import clean_text

STANDARD = standard_questionnaire()
CODES = [item.code for item in STANDARD.questions]
CHOICES = sorted({choice.code for item in STANDARD.items for choice in item.options})
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea><script>x</script>",
    "</title><script>x</script>",
    "<style></style>",
    "</style><script>x</script>",
    "{{ 7*7 }}",
    "{% raw %}",
    "javascript:alert(1)",
    "&lt;script&gt;",
    "<!--",
    "-->",
    "]]>",
    "<?xml?>",
    "\u202e<b>",
    "a\u2028b\u2029c",
    "%3Cscript%3E",
    "\\u003cscript\\u003e",
    '" autofocus onfocus="alert(1)',
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "\n</textarea>",
]

names = st.one_of(
    st.sampled_from(CODES), st.sampled_from(["topics_wanted.other", "switch_language", "lang", "submission_key"]),
    st.text(max_size=12),
)  # fmt: skip
values = st.one_of(
    st.sampled_from(CHOICES), st.sampled_from(PAYLOADS), st.text(max_size=90), st.just("x" * 22), st.just("ab" * 300)
)
statuses = {200, 303, 400, 403, 413, 415}


def fits(document: dict) -> bool:
    fields = {code: [value] if isinstance(value, str) else value for code, value in document.items()}
    return read_answers(STANDARD, fields) == Answers(
        {code: value if isinstance(value, str) else tuple(value) for code, value in document.items()}
    )


@run(max_examples=200)
@given(st.lists(st.tuples(names, values), max_size=25))
def test_only_fitting_answers_are_stored_when_anything_is_posted(bare, collector, stored, pairs):
    answer = bare.post(
        f"/q/{collector.code}",
        data=urlencode(pairs).encode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in statuses
    if answer.status_code == 303:
        assert all(fits(document) for document in stored() if document)


@run(max_examples=120)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "multipart/form-data",
            "text/plain",
            "",
            "ä/ü",
        ]
    ),
    st.dictionaries(
        st.sampled_from(["Accept-Language", "Accept-Encoding", "Sec-Fetch-Site", "Content-Encoding", "Cookie"]),
        st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=30),
    ),
)
def test_status_is_one_of_the_pinned_when_bytes_are_posted(bare, collector, body, kind, headers):
    answer = bare.post(f"/q/{collector.code}", data=body, content_type=kind, headers=headers)
    assert answer.status_code in statuses


@run(max_examples=100)
@given(st.binary(max_size=300))
def test_status_is_one_of_the_pinned_when_parts_are_broken(bare, collector, middle):
    body = b'--b\r\nContent-Disposition: form-data; name="remarks"\r\n\r\n' + middle + b"\r\n--b--\r\n"
    answer = bare.post(f"/q/{collector.code}", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code in statuses


@run(max_examples=60)
@given(st.text(max_size=40), st.text(max_size=20))
def test_page_is_never_broken_when_any_address_is_opened(bare, collector, code, language):
    address = "/q/" + urlencode({"": code})[1:].replace("/", "%2F")
    assert bare.get(address, query_string={"lang": language}).status_code in {200, 302, 404}
    assert bare.get("/", query_string={"code": code, "lang": language}).status_code in {200, 302, 400}


def test_payload_is_words_and_nothing_else_when_answers_come_back(phone, collector):
    for payload in PAYLOADS:
        pages = [
            phone.send(collector.code, {"remarks": payload, "topics_wanted": "other", "topics_wanted.other": payload}),
            phone.send("zzzz", {"remarks": payload, payload: payload, "submission_key": payload, "lang": payload}),
        ]
        for page in pages:
            assert not page.foreign_scripts + page.all("base") + page.all("svg") + page.all("img")
            assert (len(page.all("style")), len(page.all("h1"))) == (1, 1)
            assert not [element for element in page.all("*") if any(name.startswith("on") for name in element.attrib)]
        assert pages[0].answers["remarks"] == pages[0].answers["topics_wanted.other"] == [clean_text(payload)]
        assert clean_text(payload) in "".join(pages[1].root.itertext())


def test_payload_stays_a_value_when_it_is_in_the_address(phone):
    for payload in PAYLOADS:
        page = Page(phone.client.get("/", query_string={"code": payload, "lang": payload}))
        assert page.status in (302, 400)
        assert not page.foreign_scripts + page.all("base") + page.all("svg") + page.all("img")
