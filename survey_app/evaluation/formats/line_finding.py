"""Finding the line of a place in a TOML or JSON text; only called when something is wrong there."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

_LAST_STEP = re.compile(r"(\.[^.\[\]]*|\[\d+\])$")
_TOML_HEADER = re.compile(r"\s*(\[\[|\[)\s*([\w.\-]+)\s*\]")
_TOML_KEY = re.compile(r"\s*([\w\-]+|\"[^\"]*\"|'[^']*')\s*=")
_TOML_PART = re.compile(
    r'"""(?:\\.|[^\\])*?"""+|\'\'\'.*?\'\'\'+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]|[^\[\]{}"\'#\n]+|.',
    re.DOTALL,
)
_JSON_PART = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\],:]|\n|[^\s{}\[\],:"]+')


def find_toml_line(text: str, path: str) -> int | None:
    """Return the line of a path such as ``indicator[3].affirming``, or of the nearest thing around it."""
    return _find_nearest(dict(_iterate_toml(text)), path)


def find_json_line(text: str, path: str) -> int | None:
    """Return the line of a path such as ``surveys[0].items[2].counts``, or of the nearest thing around it."""
    return _find_nearest(dict(_iterate_json(text)), path)


def _find_nearest(lines: Mapping[str, int], path: str) -> int | None:
    while path and path not in lines:
        shorter = _LAST_STEP.sub("", path)
        path = "" if shorter == path else shorter
    return lines.get(path)


def _iterate_toml(text: str) -> Iterator[tuple[str, int]]:
    """Yield path and line of every table and key; values are only skipped, not read."""
    seen: Counter[str] = Counter()
    prefix = ""
    for line, statement in _split_toml(text):
        header = _TOML_HEADER.match(statement)
        key = _TOML_KEY.match(statement)
        if header and header[1] == "[[":
            prefix = f"{header[2]}[{seen[header[2]]}]"
            seen[header[2]] += 1
            yield prefix, line
        elif header:
            prefix = header[2]
            yield prefix, line
        elif key:
            name = key[1].strip("\"'")
            yield (f"{prefix}.{name}" if prefix else name), line


def _split_toml(text: str) -> Iterator[tuple[int, str]]:
    """Yield every statement with its first line; arrays and texts of several lines stay together."""
    statement, line, start, depth = "", 1, 1, 0
    for part in _TOML_PART.findall(text):
        depth += (part in ("[", "{")) - (part in ("]", "}"))
        if part == "\n" and depth <= 0:
            yield start, statement
            statement, start, depth = "", line + 1, 0
        elif not part.startswith("#"):
            statement += part
        line += part.count("\n")
    yield start, statement


def _iterate_json(text: str) -> Iterator[tuple[str, int]]:
    """Yield path and line of every member and element of a document that is valid JSON."""
    stack: list[tuple[str, int | str | None]] = []
    line, path = 1, ""
    for part in _JSON_PART.findall(text):
        if part == "\n":
            line += 1
        elif part in "}]":
            stack.pop()
        elif part == ",":
            base, step = stack[-1]
            stack[-1] = (base, step + 1 if isinstance(step, int) else None)
        elif part != ":":
            path = _step_into(stack, part)
            yield path, line
            if part in "{[":
                stack.append((path, None if part == "{" else 0))


def _step_into(stack: list[tuple[str, int | str | None]], part: str) -> str:
    """Return the path of a part; the first text in an object is a key and is remembered for its value."""
    if not stack:
        return ""
    base, step = stack[-1]
    if isinstance(step, int):
        return f"{base}[{step}]"
    if step is None:
        stack[-1] = (base, part.strip('"'))
        step = part.strip('"')
    return f"{base}.{step}" if base else step
