"""Writing facts as JSON: what `parse_facts` reads back is equal to what was written."""

import json
from collections.abc import Mapping
from datetime import date

from survey_app.domain.book import Meeting, Need, Offer, Partner, Quotation
from survey_app.domain.tally import Tally
from survey_app.domain.tally_document import write_item_tally
from survey_app.evaluation.facts.facts_format import SCHEMA, Facts
from survey_app.evaluation.goals.sources import FIELDS, FieldType, Source


def write_facts(facts: Facts) -> str:
    """Return facts as JSON in the format facts/1; equal facts give equal bytes."""
    book = facts.book
    document = {
        "schema": SCHEMA,
        "title": facts.title,
        "remark": facts.remark,
        "cut_off": facts.cut_off,
        "starts_on": book.starts_on,
        **{str(source): _list_records(getattr(book, source), source) for source in Source},
        "surveys": [_list_survey(tally) for tally in facts.tallies],
    }
    if book.quotations:
        document["quotations"] = [_list_quotation(quotation) for quotation in book.quotations]
    return json.dumps(document, ensure_ascii=False, indent=1, default=_write_date) + "\n"


def _write_date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")


def _list_records(
    records: tuple[Meeting | Partner | Need | Offer, ...] | None, source: Source
) -> list[Mapping[str, object]] | None:
    return None if records is None else [_list_record(record, source) for record in records]


def _list_record(record: Meeting | Partner | Need | Offer, source: Source) -> Mapping[str, object]:
    entries = {name: getattr(record, name) for name, field in FIELDS[source].items() if not field.derived}
    for name, field in FIELDS[source].items():
        if field.type is FieldType.TABLES and entries[name] is not None:
            entries[name] = [{key: getattr(topic, key) for key in field.fields} for topic in entries[name]]
    return entries


def _list_quotation(quotation: Quotation) -> Mapping[str, object]:
    return {
        "indicator": quotation.indicator,
        "as_of": quotation.as_of,
        "value": f"{quotation.value.numerator}/{quotation.value.denominator}",
        "respondents": quotation.respondents,
        "exact": quotation.exact,
        "source_text": quotation.source_text,
    }


def _list_survey(tally: Tally) -> Mapping[str, object]:
    return {
        "id": tally.id,
        "meeting": tally.meeting,
        "date": tally.date,
        "state": str(tally.state),
        "questionnaire": tally.questionnaire,
        "version": tally.version,
        "attended": tally.attended,
        "completed": tally.completed,
        "partial": tally.partial,
        "items": [write_item_tally(item) for item in tally.items],
    }
