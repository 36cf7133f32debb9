"""Our wording for what Flask-Security says; its own sentences would be in nobody's catalogue."""

from collections.abc import Mapping


def _(message: str) -> str:
    """Mark a message for the catalogues; it is translated when it is shown."""
    return message


_LINK_EXPIRED = _("This link is no longer valid. Please request a new one.")
_SIGN_IN_FIRST = _("Please sign in first.")
_WRONG_PASSWORD = _("This password is not right.")
_ENTER_PASSWORD = _("Please enter a password.")
_START_AGAIN = _("That took too long. Please start again.")
_MAIL_SENT = _("If this address has an account, a message with a link is on its way to it.")

ERRORS: Mapping[str, str] = {
    "API_ERROR": _("This entry could not be understood."),
    "EMAIL_NOT_PROVIDED": _("Please enter your e-mail address."),
    "GENERIC_AUTHN_FAILED": _("E-mail address or password is not right."),
    "INVALID_EMAIL_ADDRESS": _("Please enter an e-mail address, for example name@example.org."),
    "INVALID_PASSWORD": _WRONG_PASSWORD,
    "INVALID_RESET_PASSWORD_TOKEN": _LINK_EXPIRED,
    "PASSWORD_INVALID_LENGTH": _("Please choose a password of at least %(length)s characters."),
    "PASSWORD_IS_THE_SAME": _("The new password must differ from the present one."),
    "PASSWORD_NOT_PROVIDED": _ENTER_PASSWORD,
    "PASSWORD_RESET_EXPIRED": _LINK_EXPIRED,
    "REAUTHENTICATION_REQUIRED": _("Please enter your password once more."),
    "RETYPE_PASSWORD_MISMATCH": _("The two passwords are not the same."),
    "TWO_FACTOR_INVALID_TOKEN": _("This code is not right, or no longer."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": _("This entry could not be understood."),
    "TWO_FACTOR_PERMISSION_DENIED": _SIGN_IN_FIRST,
    "TWO_FACTOR_SETUP_EXPIRED": _START_AGAIN,
    "UNAUTHENTICATED": _SIGN_IN_FIRST,
}
CONFIRMATIONS: Mapping[str, str] = {
    "GENERIC_RECOVERY": _MAIL_SENT,
    "PASSWORD_CHANGE": _("Your password has been changed. You are signed out everywhere else."),
    "PASSWORD_RESET_NO_LOGIN": _("Your password has been changed. Please sign in with it."),
    "PASSWORD_RESET_REQUEST": _MAIL_SENT,
    "REAUTHENTICATION_SUCCESSFUL": _("Thank you, you can go on."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": _("The authenticator app is set up."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": _("You are signed in."),
}
PASSWORD_TOO_LONG = _("Please choose a password of at most %(length)s characters.")
PASSWORD_UNSUITABLE = _("Please choose a password without control characters.")
SUBJECTS: Mapping[str, str] = {
    "EMAIL_SUBJECT_PASSWORD_RESET": _("Resonanz: a new password"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": _("Resonanz: your password has been changed"),
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": _("Resonanz: your password has been changed"),
}


def message_settings() -> dict[str, object]:
    """Return the settings that give Flask-Security our wording."""
    errors = {f"SECURITY_MSG_{key}": (text, "error") for key, text in ERRORS.items()}
    confirmations = {f"SECURITY_MSG_{key}": (text, "success") for key, text in CONFIRMATIONS.items()}
    return errors | confirmations | {f"SECURITY_{key}": text for key, text in SUBJECTS.items()}
