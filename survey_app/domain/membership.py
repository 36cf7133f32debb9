"""Roles and what each of them may do."""

from enum import StrEnum


class Role(StrEnum):
    """Roles in a network, and one that holds in all of them."""

    VIEWER = "viewer"
    COORDINATOR = "coordinator"
    NETWORK_ADMIN = "network_admin"
    SYSTEM_ADMIN = "system_admin"


class Right(StrEnum):
    """What a page or a button needs.

    READ_REPORTS opens what was released to the public; READ_UNRELEASED also what was released inside the network, and
    the figures as they stand today.
    """

    READ_REPORTS = "read_reports"
    READ_UNRELEASED = "read_unreleased"
    RELEASE = "release"
    ORGANISE = "organise"
    CHANGE_SETTINGS = "change_settings"


_RIGHTS = {
    Role.VIEWER: frozenset({Right.READ_REPORTS}),
    Role.COORDINATOR: frozenset({Right.READ_REPORTS, Right.READ_UNRELEASED, Right.RELEASE, Right.ORGANISE}),
    Role.NETWORK_ADMIN: frozenset(Right),
    # Whoever keeps the installation running does not read a network's results by default.
    Role.SYSTEM_ADMIN: frozenset({Right.CHANGE_SETTINGS}),
}


def has_right(role: Role, right: Right) -> bool:
    """Tell whether the role includes the right."""
    return right in _RIGHTS[role]
