"""Expressions of XLSForms, as far as conditions and limits need them: from text to a tree.

A part of XPath 1.0: `or`, `and`, comparisons, calls of functions, `${name}`, `.` (the answer itself), texts and
numbers. What is not in it is refused, not guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<reference>\$\{\s*[^{}\s]+\s*\})
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<number>-?(?:\d+\.?\d*|\.\d+))
      | (?P<sign><=|>=|!=|=|<|>|\(|\)|,)
      | (?P<name>[A-Za-z_][\w.:-]*)
      | (?P<itself>\.(?!\.))
    )""",
    re.VERBOSE,
)
_COMPARISONS = ("=", "!=", "<=", ">=", "<", ">")
_DEEPEST = 30
_LONGEST_NUMBER = 130
"""Signs of the longest number that a questionnaire can hold."""

ITSELF = "."
"""Name of the reference to the answer that a limit is about."""


class NotUnderstood(ValueError):
    """An expression outside the part that we read."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The answer to a question; its name is `ITSELF` for the one that a limit is about."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number."""

    value: str | Decimal


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides and a sign between them."""

    left: "Node"
    sign: str
    right: "Node"


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts joined by "and" or by "or"; at least two."""

    word: str
    parts: tuple["Node", ...]


Node = Reference | Literal | Call | Comparison | Joined


def parse_expression(text: str) -> Node:
    """Return the tree of an expression.

    Raises:
        NotUnderstood: for anything outside the part of XPath that is read here.
    """
    parser = _Parser(_split(text))
    tree = parser.parse_joined(0)
    parser.ensure_end()
    return tree


def _split(text: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    stripped = text.rstrip()
    while position < len(stripped):
        found = _TOKEN.match(stripped, position)
        if found is None or found.lastgroup is None:
            raise NotUnderstood(text)
        tokens.append((found.lastgroup, found[found.lastgroup]))
        position = found.end()
    return tokens


class _Parser:
    """Reads tokens from left to right; each method reads one thing and returns its tree."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._next = 0

    def ensure_end(self) -> None:
        if self._next < len(self._tokens):
            raise NotUnderstood(self._tokens[self._next][1])

    def parse_joined(self, depth: int, words: tuple[str, ...] = ("or", "and")) -> Node:
        if depth > _DEEPEST:
            raise NotUnderstood("nested too deeply")
        word, *tighter = words

        def parse_part() -> Node:
            return self.parse_joined(depth, tuple(tighter)) if tighter else self._parse_comparison(depth)

        parts = [parse_part()]
        while self._peek() == ("name", word):
            self._next += 1
            parts.append(parse_part())
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def _parse_comparison(self, depth: int) -> Node:
        left = self._parse_operand(depth)
        kind, sign = self._peek()
        if kind != "sign" or sign not in _COMPARISONS:
            return left
        self._next += 1
        return Comparison(left, sign, self._parse_operand(depth))

    def _parse_operand(self, depth: int) -> Node:
        kind, token = self._take()
        if kind == "reference":
            return Reference(token[2:-1].strip())
        if kind == "itself":
            return Reference(ITSELF)
        if kind == "text":
            return Literal(token[1:-1])
        if kind == "number":
            return Literal(_read_number(token))
        if kind == "name" and self._peek() == ("sign", "("):
            self._next += 1
            return Call(token, self._parse_arguments(depth))
        if (kind, token) == ("sign", "("):
            inner = self.parse_joined(depth + 1)
            self._expect(")")
            return inner
        raise NotUnderstood(token)

    def _parse_arguments(self, depth: int) -> tuple[Node, ...]:
        arguments: list[Node] = []
        while self._peek() != ("sign", ")"):
            if arguments:
                self._expect(",")
            arguments.append(self.parse_joined(depth + 1))
        self._expect(")")
        return tuple(arguments)

    def _expect(self, sign: str) -> None:
        if self._take() != ("sign", sign):
            raise NotUnderstood(sign)

    def _take(self) -> tuple[str, str]:
        token = self._peek()
        self._next += 1
        return token

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next] if self._next < len(self._tokens) else ("end", "")


def _read_number(token: str) -> Decimal:
    if len(token) > _LONGEST_NUMBER:
        raise NotUnderstood(token)
    return Decimal(token)
