"""Signing in: Flask-Security with our templates, our words, and limits per account instead of per address."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, request, session
from flask_login import logout_user
from flask_security import LoginForm, SQLAlchemyUserDatastore, user_authenticated
from werkzeug.exceptions import TooManyRequests

from survey_app.config import Settings
from survey_app.extensions import db, security
from survey_app.services.accounts import is_slowed, record_failure
from survey_app.storage.account_tables import AccountRow, RoleRow
from survey_app.web.locale import FrameDomain
from survey_app.web.mail import MailSender

_LONGEST_PASSWORD = 256


class SignInForm(LoginForm):  # type: ignore[misc]  # Flask-Security's forms are untyped
    """The sign-in form, slowed after too many failures for the same name, whether it exists or not."""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether name and password belong together."""
        now = datetime.now(UTC)
        name = str(self.email.data or "")
        if is_slowed(db.session, name, now=now):
            raise TooManyRequests
        if len(self.password.data or "") > _LONGEST_PASSWORD:
            self.password.data = self.password.data[:_LONGEST_PASSWORD]
        if super().validate(**kwargs):
            return True
        record_failure(db.session, name, now=now)
        return False


def configure_login(app: Flask, settings: Settings) -> None:
    """Bind Flask-Security: session cookies, templates, second factor, mails."""
    prefix = "__Host-" if settings.is_encrypted else ""
    app.config.update(
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=settings.is_encrypted,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=settings.session_idle_minutes),
        WTF_CSRF_TIME_LIMIT=None,
        SECURITY_CHANGEABLE=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_TRACKABLE=False,
        SECURITY_TWO_FACTOR=settings.second_factor,
        SECURITY_TWO_FACTOR_REQUIRED=settings.second_factor,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=["authenticator"],
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SINGLE_HASH=True,  # a new secret key must not make every password void
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_POST_LOGIN_VIEW="/networks",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_EMAIL_SENDER=settings.mail_sender,
        SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS=False,
        SECURITY_DEFAULT_REMEMBER_ME=False,
    )
    datastore = SQLAlchemyUserDatastore(db, AccountRow, RoleRow)
    security.init_app(app, datastore, login_form=SignInForm, mail_util_cls=MailSender)
    domain = FrameDomain()
    app.extensions["security"].i18n_domain = domain
    app.jinja_env.globals["_fsdomain"] = domain.gettext
    app.extensions["security"].login_manager.session_protection = None
    _limit_sessions(app, settings)


def _limit_sessions(app: Flask, settings: Settings) -> None:
    """End a sign-in after its longest life; being unused ends it earlier, by the cookie's own lifetime."""

    @user_authenticated.connect_via(app)
    def note_sign_in(_app: Flask, **_details: Any) -> None:
        session.permanent = True
        session["signed_in_at"] = datetime.now(UTC).timestamp()

    @app.before_request
    def end_old_session() -> None:
        if not request.cookies or "signed_in_at" not in session:
            return
        age = datetime.now(UTC).timestamp() - session["signed_in_at"]
        if not 0 <= age < settings.session_hours * 3600:
            logout_user()
            session.clear()
