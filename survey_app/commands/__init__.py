"""Commands of ``flask --app survey_app``: what a page can do with a file, a command can do too."""

from click import Command

COMMANDS: tuple[Command, ...] = ()
