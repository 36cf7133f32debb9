"""Documents that ship with the product: goal systems, the standard questionnaire, the demonstration."""

from importlib.resources import files

GOAL_TEMPLATES = ("freiburg-goals.toml", "district-goals.toml", "rostock-goals.toml", "mittelsachsen-goals.toml")
"""The goal systems that a network can begin with."""


def read_document(name: str) -> str:
    """Return the text of a shipped document.

    Raises:
        FileNotFoundError: if there is none of this name.
    """
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
