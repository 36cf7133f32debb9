"""One page for a steering group: verdicts counted, figures by goal, what is not measured, how it was measured."""

from collections import Counter
from dataclasses import dataclass

from survey_app.evaluation.goals.goals import Goal, GoalState
from survey_app.evaluation.judging.verdict import Verdict
from survey_app.evaluation.measures.rows import IndicatorResult
from survey_app.evaluation.report import Report
from survey_app.evaluation.wording.display import format_number

_NOT_OPERATIONALISED = "noch nicht operationalisiert"
_PHRASES = {
    Verdict.REACHED_SECURE: "erreicht und gesichert",
    Verdict.REACHED_POINT: "erreicht im Messwert",
    Verdict.OPEN: "offen",
    Verdict.MISSED: "verfehlt",
    Verdict.NOT_ASSESSABLE: "zu wenig Daten",
}


@dataclass(frozen=True, slots=True)
class GoalSection:
    """A goal with the indicators that are shown at it.

    Attributes:
        note: what is to be said about a goal without indicators, or one that is not pursued now.
    """

    goal: Goal
    results: tuple[IndicatorResult, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class OnePage:
    """The texts and the order of the page; the figures are those of the report.

    Attributes:
        overview: "9 Indikatoren – 3 erreicht und gesichert, …".
        sections: goals of the current wording, in the order of the goal system; each indicator stands at one of them.
        not_measured: sentence about what no indicator measures.
        method: the five lines on method.
    """

    title: str
    overview: str
    sections: tuple[GoalSection, ...]
    not_measured: str
    method: str


def build_one_page(report: Report) -> OnePage:
    """Return the page of a report."""
    return OnePage(
        title=report.goal_system.title,
        overview=_write_overview(report),
        sections=_build_sections(report),
        not_measured=_write_not_measured(report),
        method=write_method(report),
    )


def _write_overview(report: Report) -> str:
    judged = [result for result in report.counted if result.target is not None]
    observed = len(report.counted) - len(judged)
    verdicts = Counter(result.verdict for result in judged)
    counts = ", ".join(f"{verdicts[verdict]} {phrase}" for verdict, phrase in _PHRASES.items() if verdicts[verdict])
    noun = "Indikator" if len(judged) == 1 else "Indikatoren"
    overview = f"{len(judged)} {noun}" + (f" – {counts}" if counts else "")
    return f"{overview}; dazu {observed} ohne Zielwert" if observed else overview


def _build_sections(report: Report) -> tuple[GoalSection, ...]:
    """Each indicator stands at the first current goal of our finer reading, or else of the source."""
    system = report.goal_system
    current = {goal.id for goal in system.goals if system.is_current(goal)}
    placed: dict[str, list[IndicatorResult]] = {}
    for result in report.counted:
        names = (*result.indicator.goals_reading, *result.indicator.goals)
        placed.setdefault(next(name for name in names if name in current), []).append(result)
    return tuple(
        GoalSection(goal, tuple(placed.get(goal.id, ())), _write_note(goal, report))
        for goal in system.goals
        if system.is_current(goal)
    )


def _write_note(goal: Goal, report: Report) -> str | None:
    if goal.state is GoalState.DEFERRED:
        return f"zurückgestellt: {goal.state_reason or ''}".rstrip(": ")
    if goal.state is GoalState.ENDED:
        return "beendet"
    system = report.goal_system
    below = {goal.id} | {other.id for other in system.goals if _stands_below(other, goal, report)}
    named = {name for entry in system.indicators for name in (*entry.goals, *entry.goals_reading)}
    return None if below & named else _NOT_OPERATIONALISED


def _stands_below(goal: Goal, above: Goal, report: Report) -> bool:
    parent = goal.parent
    while parent is not None and parent != above.id:
        found = report.goal_system.find_goal(parent)
        parent = None if found is None else found.parent
    return parent is not None


def _write_not_measured(report: Report) -> str:
    group = report.goal_system.target_group
    whom = f" bei der Wirkzielgruppe „{group}“" if group else " bei der Wirkzielgruppe"
    return (
        f"Was nicht gemessen wird: Wirkungen{whom}. Kein Indikator misst sie; befragt werden Mitglieder des Netzwerks."
    )


def write_method(report: Report) -> str:
    """Return the note on method with the parameters of the report."""
    return " ".join(list_method(report))


def list_method(report: Report) -> tuple[str, ...]:
    """Return the five sentences of the note on method."""
    parameters = report.goal_system.parameters
    confidence = format_number(parameters.confidence * 100)
    points = format_number(parameters.nonresponse_allowance * 100)
    return (
        "Befragt wurden alle Anwesenden der Treffen; die Teilnahme war freiwillig und anonym.",
        "Prozentwerte beziehen sich auf alle, denen die Frage gestellt wurde und auf die sie zutrifft.",
        f"Die Unsicherheit ist ein {confidence}-%-Bereich nach Wilson mit Endlichkeitskorrektur.",
        f"„Gesichert“ lässt zusätzlich {points} Prozentpunkte Abweichung der Nichtantwortenden zu.",
        f"Gruppen unter {parameters.minimum(report.tier)} Antworten werden nicht gezeigt.",
    )
