"""The application class: who answers anonymously meets nothing that knows people."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue


class CookieSessions(SecureCookieSessionInterface):
    """Flask's sessions, which cost nothing for those who come without a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of the request's cookie, or an empty one."""
        if not request.cookies:
            return self.session_class()
        return super().open_session(app, request)


class SurveyApplication(Flask):
    """Flask with doors at which nobody is known.

    Requests to an anonymous blueprint run only that blueprint's own hooks: no session is read or written, nobody is
    looked up, no cookie can be set. That is a promise to participants first, and half of the time per request second.
    """

    anonymous_blueprints: frozenset[str] = frozenset({"participants"})
    session_interface = CookieSessions()

    def preprocess_request(self) -> ResponseReturnValue | None:
        """Run the hooks before the view; at an anonymous door only its own."""
        if request.blueprint not in self.anonymous_blueprints:
            return super().preprocess_request()
        for function in self.before_request_funcs.get(request.blueprint, ()):
            answer = function()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """Run the hooks after the view; at an anonymous door only its own, and no session is saved."""
        if request.blueprint not in self.anonymous_blueprints:
            return super().process_response(response)
        for function in reversed(self.after_request_funcs.get(request.blueprint, ())):
            response = function(response)
        return response
