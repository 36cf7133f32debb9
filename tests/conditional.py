"""A small questionnaire that asks some things only where they fit: a chain, every kind of condition, two languages."""

from decimal import Decimal

from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire, TranslationStatus

LANGUAGES = ("de", "en", "ar")


def _words(german: str, english: str, arabic: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, (german, english, arabic), strict=True))


_YES = Choice("yes", _words("Ja", "Yes", "نعم"))
_NO = Choice("no", _words("Nein", "No", "لا"))
_OTHER = Choice("other", _words("anderes, und zwar", "something else", "شيء آخر"), text_length=80)
_NO_ANSWER = Choice(NO_ANSWER, _words("keine Angabe", "no answer", "بدون إجابة"), set_off=True, exclusive=True)

_ITEMS = (
    Item(
        "met_before",
        ItemType.ONE,
        _words("Waren Sie schon einmal dabei?", "Have you been here before?", "هل حضرتم من قبل؟"),
        options=(_YES, _NO, _NO_ANSWER),
        key_variable={"yes": ("yes",), "no": ("no",)},
    ),
    Item(
        "times",
        ItemType.NUMBER,
        _words("Wie oft?", "How often?", "كم مرة؟"),
        minimum=Decimal(1),
        maximum=Decimal(99),
        required=True,
        show_if=(("met_before", "=", "yes"),),
    ),
    Item(
        "regulars",
        ItemType.BLOCK,
        _words("Nun zwei Fragen an Stammgäste.", "Two questions for regulars.", "سؤالان للحاضرين الدائمين."),
        show_if=(("times", ">=", 3),),
    ),
    Item(
        "liked",
        ItemType.MANY,
        _words("Was war gut?", "What was good?", "ما الذي كان جيدًا؟"),
        options=(
            Choice("talks", _words("Vorträge", "Talks", "المحاضرات")),
            Choice("people", _words("Gespräche", "People", "اللقاءات")),
            _OTHER,
            _NO_ANSWER,
        ),
        show_if=(("times", ">=", 3),),
    ),
    Item(
        "talks",
        ItemType.LONG_TEXT,
        _words("Welcher Vortrag war gut?", "Which talk was good?", "أي محاضرة كانت جيدة؟"),
        show_if=(("liked", "in", ("talks", "other")), ("times", "!=", 4)),
    ),
    Item(
        "since", ItemType.DATE, _words("Seit wann?", "Since when?", "منذ متى؟"), show_if=(("met_before", "!=", "no"),)
    ),
    Item(
        "pioneer",
        ItemType.ONE,
        _words("Haben Sie mitgegründet?", "Were you a founder?", "هل شاركتم في التأسيس؟"),
        options=(_YES, _NO, _OTHER, _NO_ANSWER),
        show_if=(("since", "<=", "2013-12-31"),),
    ),
    Item(
        "why_not",
        ItemType.TEXT,
        _words("Was hielt Sie bisher ab?", "What kept you away?", "ما الذي منعكم حتى الآن؟"),
        show_if=(("met_before", "=", "no"),),
    ),
    Item(
        "again",
        ItemType.ONE,
        _words("Kommen Sie wieder?", "Will you come again?", "هل ستأتون مرة أخرى؟"),
        options=(_YES, _NO, _NO_ANSWER),
        required=True,
    ),
)


def conditional_questionnaire() -> Questionnaire:
    """Return nine items, seven of which are not for everybody."""
    return Questionnaire(
        id="conditional",
        version=1,
        source_language="de",
        languages=LANGUAGES,
        items=_ITEMS,
        texts={
            "title": _words("Ihre Rückmeldung", "Your feedback", "رأيكم"),
            "introduction": _words("Nur was zu Ihnen passt.", "Only what fits you.", "فقط ما يناسبكم."),
            "thanks": _words("Vielen Dank!", "Thank you!", "شكرًا جزيلًا!"),
        },
        status=dict.fromkeys(LANGUAGES, TranslationStatus.RELEASED),
    )
