"""The forms about passwords: our labels, limits per account name, and a length that every step agrees on."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import Any, ClassVar

from flask import current_app, request
from flask_babel import LazyString, lazy_gettext
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    PasswordUtil,
    ResetPasswordForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.mail_util import EmailValidateException
from flask_security.utils import localize_callback
from werkzeug.exceptions import TooManyRequests
from wtforms import Field, PasswordField

from survey_app.domain.text import clean_text
from survey_app.extensions import db
from survey_app.services.accounts import is_slowed, record_failure
from survey_app.web.security_messages import PASSWORD_TOO_LONG, PASSWORD_UNSUITABLE

LONGEST_PASSWORD = 128
"""Characters; Flask-Security refuses longer ones with a message about short ones."""

_LONGEST_HASHED = 1024  # characters: some become eighteen when they are normalised
# Checking a password takes 64 MiB; a crowd at the door must not take the memory of those who answer.
_HASHING = BoundedSemaphore(2)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def is_own_path(address: str) -> bool:
    """Tell whether an address is a page of ours, written as our own links write it: nothing a browser could bend."""
    if not _OWN_PATH.fullmatch(address):
        return False
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(address.partition("?")[0].partition("#")[0], "GET")


class _Labelled:
    """A form of Flask-Security with our labels; every labelled field must be filled in."""

    labels: ClassVar[Mapping[str, LazyString]] = {}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, text in self.labels.items():
            field: Field = self[name]  # type: ignore[index]
            field.label.text = text
            field.flags.required = True
            if isinstance(field.data, str) and not isinstance(field, PasswordField):
                field.data = clean_text(field.data)


class SignInForm(_Labelled, LoginForm):
    """The sign-in form, slowed after too many failures for the same name, whether it exists or not."""

    labels: ClassVar = {"email": lazy_gettext("E-mail address"), "password": lazy_gettext("Password")}
    remember = None  # a sign-in lives as long as the settings say

    def validate(self, **named: Any) -> bool:
        """Return whether name and password belong together.

        Raises:
            TooManyRequests: after too many failures for this name.
        """
        now = datetime.now(UTC)
        name = _account_name(self.email.data)
        _ensure_not_slowed(name, now)
        self.password.data = (self.password.data or "")[:LONGEST_PASSWORD]
        with _HASHING:
            is_right = bool(super().validate(**named))
        if is_right:
            return True
        record_failure(db.session, name, now=now)
        return False


class ForgottenForm(_Labelled, ForgotPasswordForm):
    """The form that asks for a link by mail, as limited as failed sign-ins: it must not fill anybody's mailbox."""

    labels: ClassVar = {"email": lazy_gettext("E-mail address")}

    def validate(self, **named: Any) -> bool:
        """Return whether a mail is to be sent.

        Raises:
            TooManyRequests: after too many requests for this name.
        """
        now = datetime.now(UTC)
        name = f"reset {_account_name(self.email.data)}"
        _ensure_not_slowed(name, now)
        record_failure(db.session, name, now=now)
        return bool(super().validate(**named))


class NewPasswordForm(_Labelled, ResetPasswordForm):
    """The form behind the link in the mail."""

    labels: ClassVar = {
        "password": lazy_gettext("New password"),
        "password_confirm": lazy_gettext("Repeat the new password"),
    }


class PasswordForm(_Labelled, ChangePasswordForm):
    """The form of somebody signed in who wants another password."""

    labels: ClassVar = {
        "password": lazy_gettext("Present password"),
        "new_password": lazy_gettext("New password"),
        "new_password_confirm": lazy_gettext("Repeat the new password"),
    }


class ConfirmationForm(_Labelled, VerifyForm):
    """The password once more, before a step that matters."""

    labels: ClassVar = {"password": lazy_gettext("Password")}


class CodeForm(_Labelled, TwoFactorVerifyCodeForm):
    """The code of the authenticator app."""

    labels: ClassVar = {"code": lazy_gettext("Six-digit code")}


FORMS = {
    "login_form": SignInForm,
    "forgot_password_form": ForgottenForm,
    "reset_password_form": NewPasswordForm,
    "change_password_form": PasswordForm,
    "verify_form": ConfirmationForm,
    "two_factor_verify_code_form": CodeForm,
}


class PasswordRules(PasswordUtil):
    """What a new password must be, beside Flask-Security's shortest length; and what is hashed of a password."""

    def normalize(self, password: str) -> str:
        """Return the password in one form for all keyboards; never more than the hash takes (4096 bytes)."""
        return str(super().normalize(password))[:_LONGEST_HASHED]

    def validate(self, password: str, is_register: bool, **named: Any) -> tuple[list[str] | None, str]:  # noqa: FBT001  # its interface
        """Return the objections and the password as it will be hashed."""
        if len(self.normalize(password)) > LONGEST_PASSWORD:
            return [localize_callback(PASSWORD_TOO_LONG, length=LONGEST_PASSWORD)], password
        if _CONTROL.search(password):
            return [localize_callback(PASSWORD_UNSUITABLE)], password
        found: tuple[list[str] | None, str] = super().validate(password, is_register, **named)
        return found


def _account_name(typed: str | None) -> str:
    """Return the account name as it is looked up, so that other spellings of it share one limit."""
    try:
        return str(current_app.extensions["security"].mail_util.normalize(typed or ""))
    except EmailValidateException:
        return typed or ""


def _ensure_not_slowed(name: str, now: datetime) -> None:
    if is_slowed(db.session, name, now=now):
        raise TooManyRequests
