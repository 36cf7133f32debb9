"""Security headers of every response, from one function."""

from flask import Response, request

from survey_app.web.application import SurveyApplication

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
_OWN = "'self'"
_PUBLIC = {
    "Content-Security-Policy": _POLICY.format(styles=_OWN),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
_CACHED_FOR_EVER = "public, max-age=31536000, immutable"


def content_policy(style_hash: str, *, is_framed: bool = False) -> str:
    """Return the policy for a page with one inline style sheet of this hash (``sha256-…``).

    Args:
        is_framed: whether our own pages may show it in a frame: for a preview that leads to nothing.
    """
    policy = _POLICY.format(styles=f"'self' '{style_hash}'")
    return policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'") if is_framed else policy


def framing_policy() -> str:
    """Return the policy for a page that shows another page of ours in a frame."""
    return f"{_POLICY.format(styles=_OWN)}; frame-src 'self'"


def configure_headers(app: SurveyApplication, *, is_encrypted: bool) -> None:
    """Send the headers with every response; a view may set its own policy or cache rule first."""
    headers = _PUBLIC | (_ENCRYPTED if is_encrypted else {})
    wanted = [(name, value, name.lower()) for name, value in headers.items()]

    def add_headers(response: Response) -> Response:
        if request.blueprint == "security":  # Flask-Security writes this header in a form no browser reads
            response.headers["Cache-Control"] = "no-store"
        present = {name.lower() for name, _value in response.headers}
        for name, value, key in wanted:
            if key not in present:
                response.headers.add(name, value)
        if request.endpoint == "static":
            response.headers["Cache-Control"] = _CACHED_FOR_EVER if "v" in request.args else "no-cache"
        elif "cache-control" not in present:
            response.headers.add("Cache-Control", "no-store")
        return response

    app.after_request(add_headers)
    for blueprint in app.anonymous_blueprints:
        app.after_request_funcs.setdefault(blueprint, []).append(add_headers)
