"""What the forms of all parts of a goal system have in common: messages of the file format, texts that are kept."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from wtforms import HiddenField

from survey_app.coordinators.fields import CoordinatorForm
from survey_app.coordinators.goals.kept_text import keep_text
from survey_app.evaluation.formats.format_errors import FormatProblem
from survey_app.web.format_messages import explain


class PartForm(CoordinatorForm):
    """The form of one part of a goal system.

    Attributes:
        mandatory: fields that must be filled in, as the reader of goal files says it.
        places: fields that are called otherwise than their keys in the file.
        posted: the posted form; None for a page that is only shown.
        original: the part as it stands in the draft; None for a new one.
        seen: what tells whether somebody else changed the part meanwhile.
    """

    mandatory: ClassVar[tuple[str, ...]] = ()
    places: ClassVar[Mapping[str, str]] = {}
    seen = HiddenField()

    def __init__(self, posted: Any, *, data: Mapping[str, Any], original: Any = None) -> None:
        super().__init__(posted, data=data)
        self.posted, self.original = posted, original
        for name in self.mandatory:
            self[name].flags.required = True

    def add_format_problems(self, problems: Iterable[FormatProblem]) -> None:
        """Show problems of the format at the fields that their paths name, unless the field has a message already."""
        for problem in problems:
            key = problem.path.split(".")[0].split("[")[0]
            place = self.places.get(key, key)
            if place not in self or not self[place].errors:
                self.add_message(place, explain(problem.message))

    def add_problems_below(self, prefix: str, problems: Iterable[FormatProblem]) -> None:
        """Show problems of a whole goal system: those of this part at its fields, others above the form."""
        for problem in problems:
            own = problem.path.removeprefix(f"{prefix}.") if prefix else problem.path
            is_own = not prefix or own != problem.path
            self.add_format_problems([FormatProblem(own if is_own else "", problem.message)])

    def keep(self, name: str, key: str | None = None) -> str | None:
        """Return a text as it was typed, or the original if nobody changed it."""
        return keep_text(self[name].data, getattr(self.original, key or name, None))
