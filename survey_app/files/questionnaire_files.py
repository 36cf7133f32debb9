"""Files with questionnaires or with their wording, told apart by name and content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.wording import WordingImport
from survey_app.files.questionnaire_json import ExchangedQuestionnaire, read_exchange, write_exchange
from survey_app.files.sheet_guard import refuse
from survey_app.files.sheet_reading import read_sheets
from survey_app.files.wording_po import read_po, write_po
from survey_app.files.wording_xlsx import SHEET as WORDING_SHEET
from survey_app.files.wording_xlsx import read_wording as read_table
from survey_app.files.wording_xlsx import write_wording as write_table
from survey_app.files.xlsform_reading import read_xlsform
from survey_app.files.xlsform_writing import write_xlsform


class FileKind(StrEnum):
    """What a file holds."""

    JSON = "json"
    XLSFORM = "xlsform"
    PO = "po"
    WORDING = "wording"


SUFFIXES: Mapping[FileKind, str] = {
    FileKind.JSON: ".json",
    FileKind.XLSFORM: ".xlsx",
    FileKind.PO: ".po",
    FileKind.WORDING: ".xlsx",
}
OF_WORDING = frozenset({FileKind.PO, FileKind.WORDING})


@dataclass(frozen=True, slots=True)
class QuestionnaireFile:
    """A questionnaire from a file, with what was left out on the way."""

    exchanged: ExchangedQuestionnaire
    notes: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of a questionnaire, with what it cannot say."""

    data: bytes
    losses: tuple[Problem, ...] = field(default=())


def find_kind(name: str, data: bytes) -> FileKind:
    """Return what a file holds; workbooks are told apart by their sheets.

    Raises:
        InvalidDocument: for a name that ends in something else, and for broken workbooks.
    """
    lowered = name.lower()
    found = next((kind for kind, suffix in SUFFIXES.items() if lowered.endswith(suffix)), None)
    if found is None:
        raise refuse("file_kind_unknown")
    if found is FileKind.XLSFORM and list(read_sheets(data, (WORDING_SHEET, "survey"))) == [WORDING_SHEET]:
        return FileKind.WORDING
    return found


def read_questionnaire(data: bytes, kind: FileKind, *, language: str = "de") -> QuestionnaireFile:
    """Return the questionnaire of a file.

    Args:
        language: what texts of a form are in if it does not say so.

    Raises:
        InvalidDocument: if the file is broken, or holds wording only.
    """
    if kind in OF_WORDING:
        raise refuse("questionnaire_needed")
    if kind is FileKind.JSON:
        return QuestionnaireFile(read_exchange(data))
    form = read_xlsform(data, language=language)
    return QuestionnaireFile(ExchangedQuestionnaire(form.questionnaire), form.notes)


def read_wording(data: bytes, kind: FileKind, questionnaire: Questionnaire) -> WordingImport:
    """Return the translations of a PO file or a table that fit a questionnaire, and what does not.

    Raises:
        InvalidDocument: if the file is broken, or holds no translations.
    """
    readers: Mapping[FileKind, Callable[[bytes, Questionnaire], WordingImport]] = {
        FileKind.PO: read_po,
        FileKind.WORDING: read_table,
    }
    if kind not in readers:
        raise refuse("no_translations")
    return readers[kind](data, questionnaire)


def write_file(exchanged: ExchangedQuestionnaire, kind: FileKind, *, language: str = "") -> WrittenFile:
    """Return a questionnaire, or its wording, as a file.

    Args:
        language: of a PO file.

    Raises:
        InvalidDocument: if this cannot be written, for example a text longer than a cell.
    """
    questionnaire = exchanged.questionnaire
    if kind is FileKind.JSON:
        return WrittenFile(write_exchange(exchanged))
    if kind is FileKind.PO:
        return WrittenFile(write_po(questionnaire, language))
    if kind is FileKind.WORDING:
        return WrittenFile(write_table(questionnaire))
    form = write_xlsform(questionnaire)
    return WrittenFile(form.data, form.losses)


def with_notes(exchanged: ExchangedQuestionnaire, *, origin: str | None, licence: str | None) -> ExchangedQuestionnaire:
    """Return a questionnaire with other notes on origin and licence, where they are given."""
    changed = replace(exchanged, origin=origin) if origin is not None else exchanged
    return replace(changed, licence=licence) if licence is not None else changed
