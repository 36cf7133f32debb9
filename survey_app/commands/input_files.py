"""Files that commands read: their text, and one line per problem if they are wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from survey_app.evaluation import FormatError, FormatProblem
from survey_app.evaluation.formats.format_errors import WHOLE_DOCUMENT

WRONG_INPUT = 2
Content = TypeVar("Content")


class WrongFiles(click.ClickException):
    """Files that cannot be evaluated: one line per problem, exit code 2."""

    exit_code = WRONG_INPUT

    def __init__(self, *errors: FormatError) -> None:
        self.lines = tuple(line for error in errors for line in error.lines)
        super().__init__("\n".join(self.lines))

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the problems to standard error, without a word around them."""
        for line in self.lines:
            click.echo(line, file=file, err=file is None)


def read_file(name: str, parse: Callable[..., Content], errors: list[FormatError]) -> Content | None:
    """Return what a file says, or None after noting what is wrong with it."""
    try:
        return parse(read_text(name), name=name)
    except FormatError as error:
        errors.append(error)
        return None


def read_text(name: str) -> str:
    """Return the text of a file, without the mark that Windows puts before it.

    Raises:
        FormatError: if it cannot be read, or is no UTF-8.
    """
    try:
        return Path(name).read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
    except UnicodeDecodeError as error:
        message = f"is no UTF-8 text (byte {error.start})"
    raise FormatError(name, [FormatProblem(WHOLE_DOCUMENT, message)])
