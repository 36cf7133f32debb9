"""Limits of answers as `constraint` expressions of XLSForms, and back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from survey_app.domain.questionnaire import Item, ItemType
from survey_app.files.xlsform_expressions import (
    ITSELF,
    Call,
    Comparison,
    Joined,
    Literal,
    Node,
    NotUnderstood,
    Reference,
    parse_expression,
)
from survey_app.files.xlsform_relevance import write_number

_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What a constraint says.

    Attributes:
        exclusive: names of choices that stand alone.
        is_whole: whether nothing was left out.
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    max_choices: int | None = None
    exclusive: tuple[str, ...] = ()
    is_whole: bool = True


def write_constraint(item: Item) -> str:
    """Return the expression that holds for the answers an item takes; "" without limits."""
    parts = []
    if item.type is ItemType.NUMBER:
        parts += [f". >= {write_number(item.minimum)}"] if item.minimum is not None else []
        parts += [f". <= {write_number(item.maximum)}"] if item.maximum is not None else []
    if item.is_text and item.max_length is not None:
        parts.append(write_length(item.max_length))
    if item.type is ItemType.MANY:
        parts += [f"count-selected(.) <= {item.max_choices}"] if item.max_choices is not None else []
        parts += [
            f"not(selected(., '{choice.code}') and count-selected(.) > 1)"
            for choice in item.options
            if choice.exclusive
        ]
    return " and ".join(parts)


def write_length(limit: int) -> str:
    """Return the expression for a text of limited length."""
    return f"string-length(.) <= {limit}"


def read_constraint(text: str, *, kind: ItemType, is_whole: bool = False) -> Limits:
    """Return the limits that an expression sets for answers of a kind.

    Args:
        text: the cell; empty for no limits.
        kind: how the question is answered.
        is_whole: whether only whole numbers answer it.
    """
    if not text:
        return Limits()
    try:
        tree = parse_expression(text)
    except NotUnderstood:
        return Limits(is_whole=False)
    limits = Limits()
    for part in _list_parts(tree):
        changed = _read_part(part, kind, is_whole=is_whole)
        name = next(iter(changed), None)
        if name is None or (name != "exclusive" and getattr(limits, name) is not None):
            limits = replace(limits, is_whole=False)
        elif name == "exclusive":
            limits = replace(limits, exclusive=(*limits.exclusive, str(changed[name])))
        else:
            limits = replace(limits, **changed)  # type: ignore[arg-type]  # one field with its own type
    return limits


def _list_parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Joined) and node.word == "and":
        for part in node.parts:
            yield from _list_parts(part)
    else:
        yield node


def _read_part(node: Node, kind: ItemType, *, is_whole: bool) -> Mapping[str, object]:
    """Return the one limit that a part sets; nothing if it cannot be carried."""
    if isinstance(node, Call) and node.name == "not":
        code = _read_alone(node)
        return {"exclusive": code} if code is not None and kind is ItemType.MANY else {}
    if not isinstance(node, Comparison) or not isinstance(node.right, Literal):
        return {}
    left, sign, value = node.left, node.sign, node.right.value
    if not isinstance(value, Decimal):
        return {}
    if left == Reference(ITSELF) and kind is ItemType.NUMBER:
        return _read_range(sign, value, is_whole=is_whole)
    measures: Mapping[str, tuple[str, Callable[[ItemType], bool]]] = {
        "string-length": ("max_length", lambda kind: kind in (ItemType.TEXT, ItemType.LONG_TEXT)),
        "count-selected": ("max_choices", lambda kind: kind is ItemType.MANY),
    }
    if isinstance(left, Call) and left.name in measures and left.arguments == (Reference(ITSELF),):
        name, fits = measures[left.name]
        limit = _read_count(sign, value)
        return {name: limit} if limit is not None and fits(kind) else {}
    return {}


def _read_range(sign: str, value: Decimal, *, is_whole: bool) -> Mapping[str, Decimal]:
    if sign in (">=", "<="):
        return {"minimum" if sign == ">=" else "maximum": value}
    if sign in (">", "<") and is_whole and abs(value) <= _LARGEST and value == value.to_integral_value():
        return {"minimum": value + 1} if sign == ">" else {"maximum": value - 1}
    return {}


def _read_count(sign: str, value: Decimal) -> int | None:
    """Return the largest number that the comparison allows, if it is a sensible upper limit."""
    if value != value.to_integral_value() or sign not in ("<", "<="):
        return None
    limit = int(value) - (sign == "<")
    return limit if 1 <= limit <= _LARGEST else None


def _read_alone(node: Call) -> str | None:
    """Return the choice of "not(selected(., 'x') and count-selected(.) > 1)"."""
    inner = node.arguments[0] if len(node.arguments) == 1 else None
    if not isinstance(inner, Joined) or inner.word != "and" or len(inner.parts) != 2:
        return None
    chosen, several = inner.parts
    wanted = Comparison(Call("count-selected", (Reference(ITSELF),)), ">", Literal(Decimal(1)))
    if several != wanted or not isinstance(chosen, Call) or chosen.name != "selected" or len(chosen.arguments) != 2:
        return None
    itself, code = chosen.arguments
    if itself != Reference(ITSELF) or not isinstance(code, Literal) or not isinstance(code.value, str):
        return None
    return code.value
