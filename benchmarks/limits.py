"""The bare Flask applications that set the limits: a constant page, a form that is parsed and thrown away."""

import os
from pathlib import Path

from flask import Flask, request


def create_limit_app() -> Flask:
    """Return an application that does the least a Flask view can do, with a page of the given size."""
    app = Flask("limits")
    page = Path(os.environ["RESONANZ_BENCH_PAGE"]).read_bytes()
    encoding = os.environ.get("RESONANZ_BENCH_ENCODING", "gzip")

    @app.get("/page")
    def show_page() -> tuple[bytes, dict[str, str]]:
        return page, {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": encoding}

    @app.post("/page")
    def parse_form() -> tuple[str, int, dict[str, str]]:
        request.form.to_dict(flat=False)
        return "", 303, {"Location": "/thanks"}

    @app.get("/thanks")
    def show_thanks() -> str:
        return "thanks"

    return app
