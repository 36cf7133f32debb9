"""Resonanz: multilingual surveys at network meetings, checked against the goals the network gave itself."""

import os
import secrets
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from survey_app.config import Settings, UnsafeSettings, check_settings, load_settings
from survey_app.extensions import csrf, db, migrate
from survey_app.storage.engine import configure_engine
from survey_app.web.application import SurveyApplication


def create_app(settings: Settings | None = None, instance_path: str | None = None) -> SurveyApplication:
    """Return the wired application; opens no database, so that commands on files need none.

    Args:
        settings: for tests; by default environment and ``instance/config.toml`` decide.
        instance_path: folder of the database and the configuration; by default ``SURVEY_INSTANCE_PATH``, else
            ``instance/`` beside the package.

    Raises:
        UnsafeSettings: in production, if a setting would endanger answers or accounts.
    """
    folder = instance_path or os.environ.get("SURVEY_INSTANCE_PATH")
    app = SurveyApplication(
        __name__, instance_relative_config=True, instance_path=folder and str(Path(folder).resolve())
    )
    instance = Path(app.instance_path)
    settings = settings or load_settings(instance)
    _configure_settings(app, settings, instance)
    _configure_database(app)
    _configure_web(app, settings)
    _configure_doors(app)
    _configure_commands(app)
    return app


def _configure_settings(app: Flask, settings: Settings, instance: Path) -> None:
    problems = check_settings(settings, instance) if settings.production else []
    if problems:
        raise UnsafeSettings("\n".join(problems))
    app.config.update(
        SETTINGS=settings,
        # Without a key of its own an installation still runs commands on files; nobody can guess this one.
        SECRET_KEY=settings.secret_key or secrets.token_urlsafe(48),
        DEFAULT_LANGUAGE=settings.default_language,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=settings.max_staff_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_staff_bytes,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _configure_database(app: Flask) -> None:
    from survey_app.storage import account_tables, answer_tables  # noqa: F401,PLC0415  # fills the metadata

    db.init_app(app)
    migrate.init_app(app, db, directory=str(_migrations_folder()), render_as_batch=True)
    with app.app_context():
        configure_engine(db.engine)


def _migrations_folder() -> Path:
    package = Path(__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def _configure_web(app: SurveyApplication, settings: Settings) -> None:
    from survey_app.web import errors, headers, locale, login, templating  # noqa: PLC0415  # commands load fast

    locale.configure_locale(app)
    csrf.init_app(app)
    login.configure_login(app, settings)
    headers.configure_headers(app, is_encrypted=settings.is_encrypted)
    errors.configure_errors(app)
    templating.configure_templates(app)


def _configure_doors(app: Flask) -> None:
    from survey_app import coordinators, participants, staff, web  # noqa: PLC0415

    for door in (web, participants, coordinators, staff):
        for blueprint in door.BLUEPRINTS:
            app.register_blueprint(blueprint)


def _configure_commands(app: Flask) -> None:
    from survey_app.commands import COMMANDS  # noqa: PLC0415

    for command in COMMANDS:
        app.cli.add_command(command)
