"""Roles and what each of them may do."""

from enum import StrEnum


class Role(StrEnum):
    """Roles in a network, and one that holds in all of them."""

    VIEWER = "viewer"
    COORDINATOR = "coordinator"
    NETWORK_ADMIN = "network_admin"
    SYSTEM_ADMIN = "system_admin"


class Right(StrEnum):
    """What a page or a button needs."""

    READ_REPORTS = "read_reports"
    ORGANISE = "organise"
    CHANGE_SETTINGS = "change_settings"


_RIGHTS = {
    Role.VIEWER: frozenset({Right.READ_REPORTS}),
    Role.COORDINATOR: frozenset({Right.READ_REPORTS, Right.ORGANISE}),
    Role.NETWORK_ADMIN: frozenset(Right),
    # Whoever keeps the installation running does not read a network's results by default.
    Role.SYSTEM_ADMIN: frozenset({Right.CHANGE_SETTINGS}),
}


def has_right(role: Role, right: Right) -> bool:
    """Tell whether the role includes the right."""
    return right in _RIGHTS[role]
