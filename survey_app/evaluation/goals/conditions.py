"""The language of conditions under its former address; it lives in `survey_app.domain.conditions` now."""

from survey_app.domain.conditions import Condition, InvalidCondition, Operator, list_fields, matches, parse_conditions

__all__ = ["Condition", "InvalidCondition", "Operator", "list_fields", "matches", "parse_conditions"]
