"""Documents that ship with the product: goal systems, the standard questionnaire, the demonstration."""

from importlib.resources import files


def read_document(name: str) -> str:
    """Return the text of a shipped document.

    Raises:
        FileNotFoundError: if there is none of this name.
    """
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
