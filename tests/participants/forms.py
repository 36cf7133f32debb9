"""A form as a phone sends it, and what a test wants to know or change about it."""

from sqlalchemy import update

from survey_app.storage.answer_tables import CollectorRow

LIMIT = 65_536
ANSWERS = {
    "benefit": ["none"],
    "topics_wanted": ["clubs", "other"],
    "topics_wanted.other": ["Chor"],
    "remarks": ['سلام "Welt" 🎉'],
}


def sorted_answers(page) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in page.answers.items()}


def change(session, collector, **values) -> None:
    session.execute(update(CollectorRow).where(CollectorRow.id == collector.id).values(**values))
    session.commit()
