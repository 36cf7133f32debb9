"""The house plan as data, and functions that report what in a source tree departs from it."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = "survey_app"
PURE = frozenset({"domain", "evaluation", "files", "content"})
_DOOR = frozenset({"web", "services", "domain", "evaluation", "files", "extensions", "config"})

ROOMS: Mapping[str, frozenset[str]] = {
    "domain": frozenset(),
    "content": frozenset(),
    "config": frozenset(),
    "extensions": frozenset(),
    "evaluation": frozenset({"domain"}),
    "files": frozenset({"evaluation", "domain"}),
    "storage": frozenset({"evaluation", "domain", "extensions"}),
    "services": frozenset({"storage", "evaluation", "domain", "content"}),
    "web": frozenset({"services", "domain", "evaluation", "extensions", "config"}),
    "participants": _DOOR,
    "coordinators": _DOOR,
    "staff": _DOOR,
    "commands": _DOOR | {"content"},
}
"""From each room or module to what it may import besides itself; `create_app` wires everything."""

EXCEPTIONS = frozenset({("web/login.py", "storage.account_tables")})
"""Flask-Security needs the classes of accounts and roles where it is bound."""

WEB_LIBRARIES = ("flask", "werkzeug", "wtforms", "jinja2", "markupsafe", "itsdangerous", "click")
NO_WEB = PURE | {"storage", "services"}
STANDARD_LIBRARY_ONLY = frozenset({"domain", "evaluation", "content", "config"})
LIBRARY_EXCEPTIONS = frozenset({("storage/account_tables.py", "flask_security")})

BAD_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "core", "tools", "misc"})
BAD_VERBS = re.compile(r"_?(get|handle|process|manage)_")
FOREIGN_NAMES = frozenset(
    {
        "get_translations",
        "process_bind_param",
        "process_data",
        "process_formdata",
        "process_response",
        "process_result_value",
    }
)
"""Methods whose names Flask, SQLAlchemy and WTForms gave."""

LONGEST_FILE = 299
LONGEST_FUNCTION = 40


def find_modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield each Python module of the package with its path below it."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        yield path.relative_to(root / PACKAGE).as_posix(), path


@cache
def parse(source: str) -> ast.Module:
    """Return the syntax tree of a source text, parsed once."""
    return ast.parse(source)


def read_tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return parse(path.read_text(encoding="utf-8"))


def room_of(name: str) -> str:
    """Return the room of a module, or the module itself where it stands alone."""
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


def imported(tree: ast.AST, name: str) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of everything a module imports, relative names resolved."""
    package = [PACKAGE, *name.split("/")[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            first = node.args[0] if node.args else None
            yield node.lineno, str(first.value) if isinstance(first, ast.Constant) else "a name made at run time"


def check_imports(root: Path) -> list[str]:
    """Return every import that points upward, sideways or out of a pure room."""
    found = []
    for name, path in find_modules(root):
        room = room_of(name)
        if room == "__init__":
            continue
        if room not in ROOMS:
            found.append(f"{name}: {room} is no room of the house")
            continue
        for line, target in imported(read_tree(path), name):
            problem = _judge(name, room, target)
            if problem:
                found.append(f"{name}:{line}: {problem}")
    return found


def _judge(name: str, room: str, target: str) -> str | None:
    first, *rest = target.split(".")
    if first == PACKAGE:
        return _judge_own(name, room, rest)
    if (name, first) in LIBRARY_EXCEPTIONS or first in sys.stdlib_module_names:
        return None
    if room in NO_WEB and first.split("_")[0] in WEB_LIBRARIES:
        return f"{room} knows nothing of the web, but imports {first}"
    if room == "files" and first == "sqlalchemy":
        return f"{room} knows nothing of the database, but imports {first}"
    if room in STANDARD_LIBRARY_ONLY:
        return f"{room} needs the standard library only, but imports {target}"
    return None


def _judge_own(name: str, room: str, rest: list[str]) -> str | None:
    wanted = rest[0] if rest else PACKAGE
    if wanted == room or wanted in ROOMS[room]:
        return None
    if any((name, ".".join(rest[:length])) in EXCEPTIONS for length in range(1, len(rest) + 1)):
        return None
    return f"{room} must not import {wanted}"


def check_sizes(root: Path, *folders: str) -> list[str]:
    """Return files and functions that do not fit in the eye; docstrings are not counted in functions."""
    found = []
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            shown = path.relative_to(root).as_posix()
            if len(source.splitlines()) > LONGEST_FILE:
                found.append(f"{shown}: {len(source.splitlines())} lines")
            found += [
                f"{shown}:{node.lineno}: {node.name} has {_length(node)} lines"
                for node in ast.walk(parse(source))
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > LONGEST_FUNCTION
            ]
    return found


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def check_names(root: Path) -> list[str]:
    """Return drawers instead of rooms, and functions whose verb says nothing."""
    found = []
    for name, path in find_modules(root):
        found += [f"{name}: {part} is no name" for part in name.removesuffix(".py").split("/") if part in BAD_NAMES]
        found += [
            f"{name}:{node.lineno}: {node.name}"
            for node in ast.walk(read_tree(path))
            if isinstance(node, ast.FunctionDef) and BAD_VERBS.match(node.name) and node.name not in FOREIGN_NAMES
        ]
    return found


_TEMPLATE_RULES = {
    "a text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false|\{%-?\s*autoescape"),
    "a style attribute": re.compile(r"<[^>{]*\sstyle\s*="),
    "an inline handler": re.compile(r"<[^>{]*\son[a-z]+\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
}


def check_templates(root: Path) -> list[str]:
    """Return what in a template would break escaping or the content security policy."""
    found = []
    for path in sorted((root / PACKAGE).rglob("*.html")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found += [
                f"{path.relative_to(root).as_posix()}:{number}: {what}"
                for what, pattern in _TEMPLATE_RULES.items()
                if pattern.search(line)
            ]
    return found


def count_markup(root: Path) -> dict[str, int]:
    """Return how often each module declares a text to be safe HTML."""
    counted = {}
    for name, path in find_modules(root):
        calls = [
            node
            for node in ast.walk(read_tree(path))
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Markup"
        ]
        if calls:
            counted[name] = len(calls)
    return counted
