"""What the base of a question tells about the question before it, on whose answer it was put.

"Which offer was it?", asked of those who said yes, has as many people in its base as said yes. So a base is a split of
the earlier question: it heeds what hides its small counts, and a question whose base would tell them is withheld.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.domain.conditions import list_fields
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.showing import is_met
from survey_app.domain.tally import ItemTally, TallyType
from survey_app.evaluation.disclosure import SMALLEST_CELL
from survey_app.evaluation.goals.goals import Parameters, Tier
from survey_app.evaluation.protecting.splits import (
    Distribution,
    Figure,
    find_conflicting,
    is_safe_beside,
    subtract_counts,
)


@dataclass(frozen=True, slots=True)
class Routes:
    """What the bases of conditional questions tell in one survey.

    Attributes:
        told: by code of the question they hang on, its answers parted by who was asked the next one.
        withheld: codes of the questions of which nothing may be told.
    """

    told: Mapping[str, Sequence[Distribution]]
    withheld: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnsweredSurvey:
    """The counts of one survey with the version that was answered, and who reads them.

    Attributes:
        items: counts by item code.
        figures: by item code, what a report publishes of its answers; it goes first.
    """

    questionnaire: Questionnaire
    items: Mapping[str, ItemTally]
    figures: Mapping[str, Sequence[Figure]]
    parameters: Parameters
    tier: Tier

    def find_routes(self) -> Routes:
        """Return what conditional questions may tell about those they hang on; earlier questions go first."""
        told: dict[str, list[Distribution]] = {}
        withheld: set[str] = set()
        for item in self.questionnaire.questions:
            if not item.show_if or item.code not in self.items:
                continue
            fields = list_fields(item.show_if)
            parted = self._part_earlier(item, fields)
            if not withheld.isdisjoint(fields):
                withheld.add(item.code)
            elif parted is None:
                # Who was asked depends on several answers, on ticks or on numbers: at least it is nobody's exception.
                if 0 < self.items[item.code].total.not_applicable < SMALLEST_CELL:
                    withheld.add(item.code)
            elif self._may_be_told(parted, item, fields[0], told.get(fields[0], ())):
                told.setdefault(fields[0], []).append(parted)
            else:
                withheld.add(item.code)
        return Routes(told, frozenset(withheld))

    def _part_earlier(self, item: Item, fields: Sequence[str]) -> Distribution | None:
        """Return the choices of the earlier question by whether they lead to the item; None for other answers."""
        counted = self.items.get(fields[0])
        earlier = self.questionnaire.find_item(fields[0])
        if len(fields) > 1 or counted is None or earlier is None:
            return None
        if counted.type is not TallyType.ONE or not earlier.is_closed:
            return None
        choices = frozenset(counted.total.choices)
        leading = frozenset(code for code in choices if all(is_met(condition, code) for condition in item.show_if))
        return Distribution((leading, choices - leading))

    def _may_be_told(self, parted: Distribution, item: Item, earlier: str, others: Sequence[Distribution]) -> bool:
        counted = self.items[earlier]
        minimum = self.parameters.minimum(self.tier, sensitive=counted.sensitive)
        figures = self.figures.get(earlier, ())
        kept = set(figures) - find_conflicting(figures, counted, minimum)
        for first_answers, counts in self._list_blocks(item, counted):
            asked, passed = (sum(counts[code] for code in side) for side in parted.cells)
            if asked < minimum or (counted.sensitive and passed < SMALLEST_CELL):
                return False
            if self._hides_classes(earlier) and any(0 < count < minimum for count in counts.values()):
                return False
            beside = [figure for figure in figures if figure in kept and figure.first_answers is first_answers]
            if not is_safe_beside([*beside, *others, parted], counts):
                return False
        return True

    def _hides_classes(self, code: str) -> bool:
        item = self.questionnaire.find_item(code)
        return item is not None and bool(item.key_variable)

    def _list_blocks(self, item: Item, counted: ItemTally) -> Iterator[tuple[bool, Mapping[str, int]]]:
        """Yield whether it is of first answers, and persons per choice: of all, and of the parts that are told too."""
        yield False, counted.total.choices
        first = counted.first_answers
        if first is not None and any(figure.first_answers for figure in self.figures.get(item.code, ())):
            yield True, first.choices
            yield True, subtract_counts(counted.total, first)
