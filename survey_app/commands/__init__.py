"""Commands of ``flask --app survey_app``: what a page can do with a file, a command can do too."""

from click import Command

from survey_app.commands.administration import accounts, collectors, networks, responses
from survey_app.commands.demo import demo
from survey_app.commands.evaluate import evaluate_command
from survey_app.commands.goals import goals
from survey_app.commands.posters import posters
from survey_app.commands.questionnaires import questionnaires
from survey_app.commands.reports import reports
from survey_app.commands.translations import translations

COMMANDS: tuple[Command, ...] = (
    accounts,
    collectors,
    demo,
    evaluate_command,
    goals,
    networks,
    posters,
    questionnaires,
    reports,
    responses,
    translations,
)
