"""Which files hold words that participants can meet: found by following the pages that are made for them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent

_DOOR = "participants/"
_ROOTS = (
    "web/announcing.py",
    "web/answer_messages.py",
    "web/errors.py",
    "web/public.py",
    "web/question_notes.py",
)
"""Beside everything of their own door: what brings them there, refusals and the public pages."""

_SPEAKERS = frozenset({"load_catalogue", "use_language"})
"""Who asks for another language than that of the page has words for others: posters, sheets of paper."""

_BEHIND_SIGN_IN = "auth_required"
_REFERENCE = re.compile(r"""\{%-?\s*(?:extends|include|from|import)\s+["']([^"']+)["']""")


def list_participant_sources() -> frozenset[str]:
    """Return the paths, below the package, of all modules and templates with words that participants can meet."""
    own = {path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / _DOOR).rglob("*.py")}
    modules = own | set(_ROOTS) | set(_speaking_modules())
    named = {name for module in modules if module.startswith("web/") for name in _named_templates(module)}
    found: set[str] = set()
    waiting = {path.relative_to(PACKAGE / "templates").as_posix() for path in _own_templates()} | named
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(_REFERENCE.findall((PACKAGE / "templates" / name).read_text(encoding="utf-8"))) - found
    return frozenset(modules | {f"templates/{name}" for name in found})


def _speaking_modules() -> Iterator[str]:
    """Yield the modules of other doors that put words into a language of their own choice."""
    for path in (*PACKAGE.glob("coordinators/**/*.py"), *PACKAGE.glob("staff/**/*.py")):
        imports = (node for node in ast.walk(_tree(path)) if isinstance(node, ast.ImportFrom))
        if any(alias.name in _SPEAKERS for node in imports for alias in node.names):
            yield path.relative_to(PACKAGE).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _own_templates() -> Iterator[Path]:
    return (path for path in (PACKAGE / "templates" / _DOOR).rglob("*") if path.is_file())


def _named_templates(module: str) -> Iterator[str]:
    """Yield the templates that the functions of a module name, but for those that ask for a sign-in."""
    for node in _tree(PACKAGE / module).body:
        decorators = [ast.unparse(one) for one in getattr(node, "decorator_list", ())]
        if any(decorator.startswith(_BEHIND_SIGN_IN) for decorator in decorators):
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.endswith(".html"):
                yield part.value
