"""The life of drafts on both databases: in whatever order people act, no update is lost, nothing published changes.

Several editors hold what they read, maybe long ago, and save, undo, move, publish and discard with it. A model in
memory says what must stand in the database.
"""

from dataclasses import dataclass, replace

import pytest
from drafting import ANY, STANDARD
from factories import NOW, make_network
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, InvalidDocument, SurveyError
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_editing import move_item, put_wording, remove_item
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design

pytestmark = pytest.mark.both_databases

CODES = [item.code for item in STANDARD.items][:4]
SMALL = replace(STANDARD, languages=("de",), items=STANDARD.items[:4])


@dataclass
class Seen:
    """What an editor has on the screen."""

    version_id: int
    revision: int
    questionnaire: Questionnaire


class Drafting(RuleBasedStateMachine):
    """Editors with old and new pages before them, and what the database should hold."""

    session: Session
    network_id: int
    screens = Bundle("screens")

    @initialize()
    def begin(self) -> None:
        self.drafts: dict[int, list[Questionnaire]] = {}
        self.revisions: dict[int, int] = {}
        self.published: dict[int, Questionnaire] = {}
        self.count = 0

    def ours(self, version_id: int) -> bool:
        return version_id in self.drafts

    @rule(target=screens)
    def start(self) -> Seen:
        version_id = design.start_draft(self.session, SMALL, network_id=self.network_id)
        stored = design.load_version(self.session, version_id, network_id=self.network_id)
        self.drafts[version_id], self.revisions[version_id] = [stored.questionnaire], 1
        return Seen(version_id, 1, stored.questionnaire)

    @rule(target=screens, seen=screens)
    def look_again(self, seen: Seen) -> Seen:
        if not self.ours(seen.version_id):
            return seen
        return Seen(seen.version_id, self.revisions[seen.version_id], self.drafts[seen.version_id][-1])

    @rule(seen=screens, code=st.sampled_from(CODES))
    def save_item(self, seen: Seen, code: str) -> None:
        """Save one item as the designer's form does: it conflicts if somebody saved this item since it was read."""
        self.count += 1
        words = f"Fassung {self.count}?"
        before = seen.questionnaire.find_item(code)

        def edit(now: Questionnaire) -> Questionnaire:
            if now.find_item(code) != before or before is None:
                raise ConflictingRevision(now.find_item(code))
            return put_wording(now, code, "de", words)

        expected = self._expect(seen, edit)
        self._change(seen, edit, expected)

    @rule(seen=screens, code=st.sampled_from(CODES), up=st.booleans())
    def move(self, seen: Seen, code: str, up: bool) -> None:
        def edit(now: Questionnaire) -> Questionnaire:
            return move_item(now, code, up=up) if now.find_item(code) else now

        self._change(seen, edit, self._expect(seen, edit))

    @rule(seen=screens, code=st.sampled_from(CODES))
    def remove(self, seen: Seen, code: str) -> None:
        def edit(now: Questionnaire) -> Questionnaire:
            return remove_item(now, code) if now.find_item(code) else now

        self._change(seen, edit, self._expect(seen, edit))

    def _expect(self, seen: Seen, edit: design.Edit) -> Questionnaire | None:
        """Return what should stand after a change; None if it must be refused."""
        if not self.ours(seen.version_id):
            return None
        try:
            return edit(self.drafts[seen.version_id][-1])
        except ConflictingRevision:
            return None

    def _change(self, seen: Seen, edit: design.Edit, expected: Questionnaire | None) -> None:
        if expected is None:
            with pytest.raises(SurveyError):
                design.change_draft(self.session, seen.version_id, edit, network_id=self.network_id, step=ANY)
            return
        after = design.change_draft(self.session, seen.version_id, edit, network_id=self.network_id, step=ANY)
        assert after.questionnaire == expected
        if expected != self.drafts[seen.version_id][-1]:
            self._push(seen.version_id, expected)

    def _push(self, version_id: int, questionnaire: Questionnaire) -> None:
        self.drafts[version_id] = [*self.drafts[version_id], questionnaire][-11:]
        self.revisions[version_id] += 1

    @rule(seen=screens)
    def undo(self, seen: Seen) -> None:
        current = self.ours(seen.version_id) and self.revisions[seen.version_id] == seen.revision
        if not current:
            with pytest.raises(SurveyError):
                design.undo(self.session, seen.version_id, network_id=self.network_id, revision=seen.revision)
            return
        step = design.undo(self.session, seen.version_id, network_id=self.network_id, revision=seen.revision)
        history = self.drafts[seen.version_id]
        assert (step is None) == (len(history) == 1)
        if len(history) > 1:
            self.drafts[seen.version_id] = history[:-1]
            self.revisions[seen.version_id] += 1

    @rule(seen=screens)
    def publish(self, seen: Seen) -> None:
        given = {"network_id": self.network_id, "revision": seen.revision, "now": NOW}
        current = self.ours(seen.version_id) and self.revisions[seen.version_id] == seen.revision
        if not current or not self.drafts[seen.version_id][-1].questions:
            with pytest.raises(SurveyError):
                design.publish_draft(self.session, seen.version_id, **given)
            return
        design.publish_draft(self.session, seen.version_id, **given)
        stored = design.load_version(self.session, seen.version_id, network_id=self.network_id)
        assert stored.questionnaire.items == self.drafts.pop(seen.version_id)[-1].items
        self.published[seen.version_id] = stored.questionnaire

    @rule(seen=screens)
    def discard(self, seen: Seen) -> None:
        if not self.ours(seen.version_id):
            with pytest.raises(SurveyError):
                design.discard_draft(self.session, seen.version_id, network_id=self.network_id)
            return
        design.discard_draft(self.session, seen.version_id, network_id=self.network_id)
        del self.drafts[seen.version_id]

    @rule(seen=screens)
    def break_it(self, seen: Seen) -> None:
        """Try to save something that contradicts itself."""
        with pytest.raises((SurveyError, InvalidDocument)):
            design.change_draft(
                self.session,
                seen.version_id,
                lambda now: replace(now, items=(*now.items, *STANDARD.items[5:6] * 2)),
                network_id=self.network_id,
                step=ANY,
            )

    @invariant()
    def everything_stands_as_it_should(self) -> None:
        if not hasattr(self, "drafts"):
            return
        self.session.rollback()
        self.session.expire_all()
        found = {one.id: one for one in design.list_versions(self.session, network_id=self.network_id)}
        assert {key: one.questionnaire for key, one in found.items() if one.published_at} == self.published
        assert {key: one.questionnaire for key, one in found.items() if not one.published_at} == {
            key: history[-1] for key, history in self.drafts.items()
        }
        assert all(found[key].revision == self.revisions[key] for key in self.drafts)


def test_nothing_is_lost_and_nothing_published_changes_whatever_people_do(app: Flask) -> None:
    with app.app_context():
        numbers = iter(range(10_000))

        class Here(Drafting):
            def __init__(self) -> None:
                super().__init__()
                self.session = db.session()
                self.network_id = make_network(self.session, f"n{next(numbers)}").id

        run_state_machine_as_test(Here, settings=settings(max_examples=25, stateful_step_count=25))
        db.session.remove()
