"""Security headers of every response, from one function."""

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
_PUBLIC = {
    "Content-Security-Policy": _POLICY.format(styles="'self'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
_CACHED_FOR_EVER = "public, max-age=31536000, immutable"


def content_policy(style_hash: str) -> str:
    """Return the policy for a page with one inline style sheet of this hash (``sha256-…``)."""
    return _POLICY.format(styles=f"'self' '{style_hash}'")


def configure_headers(app: Flask, *, is_encrypted: bool) -> None:
    """Send the headers with every response; a view may set its own policy or cache rule first."""
    headers = _PUBLIC | (_ENCRYPTED if is_encrypted else {})

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.blueprint == "security":  # Flask-Security writes this header in a form no browser reads
            response.headers["Cache-Control"] = "no-store"
        if request.endpoint == "static":
            response.headers["Cache-Control"] = _CACHED_FOR_EVER if "v" in request.args else "no-cache"
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
