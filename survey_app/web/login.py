"""Signing in: Flask-Security with our templates, our words, and limits per account instead of per address."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from flask_security import Security, SQLAlchemyUserDatastore, user_authenticated

from survey_app.config import Settings
from survey_app.domain.text import canonical_tag
from survey_app.extensions import db
from survey_app.storage.account_tables import AccountRow, RoleRow
from survey_app.web.catalogues import staff_languages
from survey_app.web.locale import FrameDomain
from survey_app.web.login_forms import FORMS, PasswordRules, is_own_path
from survey_app.web.mail import MailSender
from survey_app.web.security_messages import message_settings

RESET_HOURS = 2


def configure_login(app: Flask, settings: Settings) -> None:
    """Bind Flask-Security: session cookies, templates, second factor, mails."""
    app.config.update(_cookie_settings(settings), **_security_settings(app, settings), **message_settings())
    # One per application, unlike other extensions: it keeps the settings of the application it was bound to last.
    security = Security(mail_util_cls=MailSender, password_util_cls=PasswordRules, **FORMS)
    security.init_app(app, SQLAlchemyUserDatastore(db, AccountRow, RoleRow))
    security.i18n_domain = FrameDomain()
    app.jinja_env.globals["_fsdomain"] = security.i18n_domain.gettext
    security.login_manager.session_protection = None
    app.before_request(_refuse_strange_requests)
    app.before_request(_keep_language)
    _limit_sessions(app, settings)


def _cookie_settings(settings: Settings) -> dict[str, object]:
    prefix = "__Host-" if settings.is_encrypted else ""
    return {
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "SESSION_COOKIE_SECURE": settings.is_encrypted,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(minutes=settings.session_idle_minutes),
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _security_settings(app: Flask, settings: Settings) -> dict[str, Any]:
    return {
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_TRACKABLE": False,
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_TWO_FACTOR": settings.second_factor,
        "SECURITY_TWO_FACTOR_REQUIRED": settings.second_factor,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TOTP_SECRETS": {"1": _derive_key(app, "second factor")},
        "SECURITY_TOTP_ISSUER": "Resonanz",
        "SECURITY_PASSWORD_HASH": "argon2",
        # No key in the hash: a new secret key must not make every password void.
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        # Looking up mail servers would tell a name server who signs in, and fail without a network.
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=RESET_HOURS),
        "SECURITY_POST_LOGIN_VIEW": "/networks",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_EMAIL_SENDER": settings.mail_sender,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_DEFAULT_REMEMBER_ME": False,
    }


def _derive_key(app: Flask, purpose: str) -> str:
    return hmac.new(str(app.config["SECRET_KEY"]).encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _refuse_strange_requests() -> ResponseReturnValue | None:
    """Keep from Flask-Security what our pages never send: JSON bodies, and ways back that are not ours."""
    if request.blueprint != "security":
        return None
    if request.is_json:
        abort(415)
    ways_back = request.values.getlist("next")
    if all(not address or is_own_path(address) for address in ways_back):
        return None
    if request.method == "POST":
        abort(400)
    return redirect(url_for(request.endpoint or "security.login", **(request.view_args or {})))


def _keep_language() -> None:
    """Remember the language that somebody signed in asks for; nobody else gets a cookie for it."""
    if not request.args.get("lang") or not request.cookies:
        return
    tag = canonical_tag(request.args["lang"])
    if "_user_id" in session and tag in staff_languages():
        session["language"] = tag


def _limit_sessions(app: Flask, settings: Settings) -> None:
    """End a sign-in after its longest life; being unused ends it earlier, by the cookie's own lifetime."""

    @user_authenticated.connect_via(app)
    def note_sign_in(_app: Flask, **_details: Any) -> None:
        session.permanent = True
        session["signed_in_at"] = datetime.now(UTC).timestamp()
        tag = canonical_tag(request.args.get("lang", ""))
        if tag in staff_languages():
            session["language"] = tag

    @app.before_request
    def end_old_session() -> None:
        if not request.cookies or "signed_in_at" not in session:
            return
        age = datetime.now(UTC).timestamp() - session["signed_in_at"]
        if not 0 <= age < settings.session_hours * 3600:
            logout_user()
            session.clear()
