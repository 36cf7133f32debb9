"""Every error that the inner rooms raise on purpose; `web.errors` maps each of them to a status and a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input.

    Attributes:
        code: language-free code; `web.messages` holds its wording.
        place: where it is wrong: a form field, an item code or a path such as ``items[3].texts.de``.
        parameters: values the wording needs, such as the limit that was exceeded.
    """

    code: str
    place: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the problem as one line for commands and logs."""
        details = ", ".join(f"{name}={value!r}" for name, value in self.parameters.items())
        return f"{self.place}: {self.code}" + (f" ({details})" if details else "")


class SurveyError(Exception):
    """Anything that the rooms below the doors refuse on purpose."""


class UnknownObject(SurveyError):
    """Nothing of that kind with that identity exists in this network."""


class UnknownAccessCode(UnknownObject):
    """No collector has this access code."""


class UnknownNetwork(UnknownObject):
    """No network has this slug."""


class UnknownMeeting(UnknownObject):
    """The network has no such meeting."""


class UnknownPartner(UnknownObject):
    """The network has no such partner."""


class UnknownNeed(UnknownObject):
    """The network has no such need."""


class UnknownOffer(UnknownObject):
    """The network has no such offer."""


class UnknownCollector(UnknownObject):
    """The network has no such collector."""


class UnknownQuestionnaire(UnknownObject):
    """The network has no such questionnaire version."""


class UnknownLink(UnknownObject):
    """No translator's link with this secret, or it has ended."""


class UnknownGoalSystem(UnknownObject):
    """The network has no goal system yet, or not this version of it."""


class CollectorError(SurveyError):
    """A collector is not in the state that the request needs."""


class CollectorNotOpen(CollectorError):
    """The collector is a draft, or its opening time has not come."""


class CollectorClosed(CollectorError):
    """The collector takes no more responses."""


class CollectorSealed(CollectorClosed):
    """The responses are counted; an answer sent before may already be among them."""


class CollectorFull(CollectorError):
    """The collector has as many responses as anybody expects; its coordinators can raise the ceiling."""


class TransitionNotAllowed(CollectorError):
    """The life of a collector has no such step from its present state."""


class InvalidInput(SurveyError):
    """An input has problems, each with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class InvalidAnswers(InvalidInput):
    """A submitted form does not fit its questionnaire version."""


class MissingSubmissionKey(SurveyError):
    """The form came without the key that makes a retry safe, or with a malformed one."""


class TicketError(SurveyError):
    """A closed group's survey was not entered with a one-time code that is still good."""


class MissingTicket(TicketError):
    """No one-time code came, or something that cannot be one."""


class UnknownTicket(TicketError):
    """This one-time code was never given out for this survey."""


class UsedTicket(TicketError):
    """The one-time code has been used, or withdrawn."""


class InvalidDocument(InvalidInput):
    """A questionnaire or goal system document breaks its format."""


class InvalidRecord(InvalidInput):
    """What somebody entered in the book contradicts itself."""


class ConflictingRevision(SurveyError):
    """Somebody else saved in the meantime; `theirs` is what stands in the database now."""

    def __init__(self, theirs: object) -> None:
        super().__init__("somebody else saved in the meantime")
        self.theirs = theirs


class NameTaken(SurveyError):
    """A name that has to be unique is in use already."""


class UnknownQuotation(UnknownObject):
    """The network has entered no such figure from a document."""


class UnknownRelease(UnknownObject):
    """The network has released nothing under this number."""


class ReleaseRefused(SurveyError):
    """A report may not be released beside the earlier ones; `problems` are those that the ledger found."""

    def __init__(self, problems: Sequence[Any]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class ReleaseOutdated(SurveyError):
    """What would be released now is not what was looked at."""
