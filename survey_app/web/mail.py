"""Mails about passwords: through the configured server, or into the instance folder where there is none."""

import smtplib
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask_security import MailUtil

from survey_app.config import Settings

_SECONDS = 20


class MailSender(MailUtil):  # type: ignore[misc]  # Flask-Security's class is untyped
    """Flask-Security's way to the mail server."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.settings: Settings = app.config["SETTINGS"]

    def send_mail(
        self,
        template: str,  # noqa: ARG002  # the interface is Flask-Security's
        subject: str,
        recipient: str,
        sender: str,
        body: str,
        html: str | None,  # noqa: ARG002  # plain text reaches everybody
        **_details: Any,
    ) -> None:
        """Send one plain-text mail; what goes wrong on the way is logged.

        The page must not show it: it would tell whether an address has an account, and a password that has been
        changed stays changed without its notice.
        """
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = str(subject), str(sender), recipient
        message.set_content(body)
        try:
            if self.settings.mail_server:
                self._hand_over(message)
            else:
                _write_to_outbox(message, Path(current_app.instance_path) / "outbox")
        except OSError as error:
            current_app.logger.error("mail not sent: %s", type(error).__name__)

    def _hand_over(self, message: EmailMessage) -> None:
        with smtplib.SMTP(self.settings.mail_server, self.settings.mail_port, timeout=_SECONDS) as server:
            if self.settings.mail_user:
                server.starttls()
                server.login(self.settings.mail_user, self.settings.mail_password)
            server.send_message(message)


def _write_to_outbox(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / f"{time.time_ns()}.eml").write_bytes(bytes(message))
