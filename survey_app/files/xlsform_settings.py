"""The sheet `settings` of an XLSForm: what the form is called, its version, its language."""

from dataclasses import dataclass, field

from survey_app.domain.errors import Problem
from survey_app.files.language_names import find_tag
from survey_app.files.sheet_reading import Sheet
from survey_app.files.xlsform_names import make_code

ROOT_NAME = "Questionnaire"
"""Name of the outermost element in forms that we write; no code of an item has a capital letter."""

_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What a form says about itself.

    Attributes:
        title: "" if it has none of its own.
        language: language of texts that name none, and the one the form was written in.
        may_repeat: whether names may stand twice in a list of choices.
    """

    id: str
    version: int
    title: str
    language: str
    may_repeat: bool
    notes: tuple[Problem, ...] = field(default=())


def read_settings(sheet: Sheet | None, *, language: str) -> Settings:
    """Return the settings; what they lack is made up, what is not carried is noted.

    Args:
        language: what texts are in if nothing says so.
    """
    number, cells = sheet.rows[0] if sheet and sheet.rows else (2, ())
    names = [name.strip().lower().replace(" ", "_") for name in sheet.header] if sheet else []
    found = {name: (index, cells[index]) for index, name in enumerate(names) if index < len(cells) and cells[index]}
    notes: list[Problem] = []

    def note(code: str, name: str, value: str) -> None:
        place = sheet.place(number, found[name][0]) if sheet else ""
        notes.append(Problem(code, place, {"value": value}))

    def text(name: str) -> str:
        return found.pop(name)[1] if name in found else ""

    given_version = found.get("version", (0, "1"))[1]
    version = _read_version(given_version)
    if str(version) != given_version:
        note("column_not_carried", "version", "version")
    given_language = found.get("default_language", (0, ""))[1]
    tag = find_tag(given_language) if given_language else None
    if given_language and tag is None and given_language != "default":
        note("column_not_carried", "default_language", "default_language")
    given_id = found.get("form_id", found.get("id_string", (0, "")))[1]
    title = found.get("form_title", (0, ""))[1]
    code = make_code(given_id or title or "questionnaire", taken=())
    if given_id and code != given_id:
        note("name_changed", "form_id" if "form_id" in found else "id_string", code)
    may_repeat = text("allow_choice_duplicates").lower() in ("yes", "true")
    is_ours = found.get("name", (0, ""))[1] == ROOT_NAME
    used = {"version", "default_language", "form_id", "id_string", "form_title"} | ({"name"} if is_ours else set())
    for name in found:
        if name not in used:
            note("column_not_carried", name, name)
    own_title = "" if title == given_id else title
    return Settings(code, version, own_title, tag or language, may_repeat, tuple(notes))


def _read_version(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 1
    return number if 1 <= number <= _LARGEST else 1
