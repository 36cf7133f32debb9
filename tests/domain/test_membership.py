"""Roles and their rights."""

from survey_app.domain.membership import Right, Role, has_right


def test_each_role_has_exactly_its_rights_when_asked() -> None:
    rights = {role: {right.value for right in Right if has_right(role, right)} for role in Role}
    assert rights == {
        Role.VIEWER: {"read_reports"},
        Role.COORDINATOR: {"read_reports", "read_unreleased", "release", "organise"},
        Role.NETWORK_ADMIN: {"read_reports", "read_unreleased", "release", "organise", "change_settings"},
        Role.SYSTEM_ADMIN: {"change_settings"},
    }
