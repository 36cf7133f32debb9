"""Changing many records in one step, each only if nobody else saved it meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision
from survey_app.storage.tables import NeedRow, OfferRow, PartnerRow


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one row: the columns as they shall be, if the row still has this revision."""

    id: int
    revision: int
    columns: Mapping[str, Any]


def change_rows(
    session: Session,
    table: type[PartnerRow] | type[NeedRow] | type[OfferRow],
    changes: Sequence[Change],
    *,
    network_id: int,
) -> None:
    """Write all changes, all of the same columns; the statement is made once, which is most of its cost.

    Raises:
        ConflictingRevision: with the key of a row that is gone or was saved meanwhile; nothing is written then.
    """
    if not changes:
        return
    wanted = [change.id for change in changes]
    # Locked until the end of the transaction: what is compared here is what is written below.
    found = select(table.id, table.revision).where(table.network_id == network_id, table.id.in_(wanted))
    revisions = dict(session.execute(found.with_for_update()).all())
    for change in changes:
        if revisions.get(change.id) != change.revision:
            raise ConflictingRevision(change.id)
    statement = (
        update(table)
        .where(table.network_id == network_id, table.id == bindparam("key"))
        .values({name: bindparam(f"new_{name}") for name in (*changes[0].columns, "revision")})
    )
    session.connection().execute(
        statement,
        [
            {"key": change.id, "new_revision": change.revision + 1}
            | {f"new_{name}": value for name, value in change.columns.items()}
            for change in changes
        ],
    )
    session.expire_all()
