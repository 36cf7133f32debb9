"""The command that evaluates files: goals and facts in, a report out, no database and no configured instance."""

from collections.abc import Callable, Mapping
from datetime import date

import click

from survey_app.commands.input_files import WrongFiles, read_file, read_text
from survey_app.evaluation import (
    Facts,
    FormatError,
    FormatProblem,
    Report,
    Tier,
    evaluate,
    parse_facts,
    parse_goals,
)
from survey_app.evaluation.formats.format_errors import locate
from survey_app.evaluation.formats.line_finding import find_json_line, find_toml_line
from survey_app.evaluation.formats.table_reading import Refused, read_date
from survey_app.files import report_csv, report_json, report_text

_Writer = Callable[[Report], bytes]
_WRITERS: Mapping[str, _Writer] = {
    "json": report_json.write_report,
    "text": report_text.write_report,
    "csv": report_csv.write_report,
}


@click.command("evaluate")
@click.argument("goals", metavar="GOALS.toml")
@click.argument("facts", metavar="FACTS.json")
@click.option("--as-of", metavar="DATE", help="An earlier cut-off than that of the facts, year-month-day.")
@click.option(
    "--tier",
    type=click.Choice([str(tier) for tier in Tier]),
    default="internal",
    show_default=True,
    help="Who reads it.",
)
@click.option(
    "--format", "format_", type=click.Choice([*_WRITERS]), default="json", show_default=True, help="What is written."
)
def evaluate_command(goals: str, facts: str, as_of: str | None, tier: str, format_: str) -> None:
    """Evaluate a goal system with facts and write the report to standard output.

    Exit code 0: done; 2: an input is wrong, one line per problem on standard error; 1: anything else.
    """
    report = _build_report(goals, facts, as_of, tier)
    click.echo(_WRITERS[format_](report), nl=False)


def _build_report(goals_name: str, facts_name: str, as_of: str | None, tier: str) -> Report:
    """Read both files before refusing either, so that one run tells everything that is wrong."""
    errors: list[FormatError] = []
    goal_system = read_file(goals_name, parse_goals, errors)
    facts = read_file(facts_name, parse_facts, errors)
    if goal_system is None or facts is None:
        raise WrongFiles(*errors)
    cut_off = facts.cut_off if as_of is None else _read_cut_off(as_of, facts, facts_name)
    try:
        return evaluate(goal_system, facts.book, facts.tallies, cut_off, tier=tier)
    except FormatError as error:
        text = read_text(goals_name)
        problems = locate(error.problems, lambda path: find_toml_line(text, path))
        raise WrongFiles(FormatError(goals_name, problems)) from None


def _read_cut_off(as_of: str, facts: Facts, name: str) -> date:
    try:
        cut_off = read_date(as_of)
    except Refused as refused:
        raise WrongFiles(FormatError("--as-of", [FormatProblem(as_of, refused.message)])) from None
    if cut_off > facts.cut_off:
        line = find_json_line(read_text(name), "cut_off")
        message = f"--as-of {as_of} lies after the cut-off {facts.cut_off.isoformat()}"
        raise WrongFiles(FormatError(name, [FormatProblem("cut_off", message, line)]))
    return cut_off
