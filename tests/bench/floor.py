"""The least that does the reference job on Flask; what the product is measured against.

Answers ride in Flask's signed cookie, a token is checked, one durable row is written.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from pathlib import Path

from flask import Flask, abort, request, session

from tests.bench.job import ANSWERS, FLOOR_LANGUAGES, PAGES, QUESTIONS

CHOICES = tuple(f"a{n}" for n in range(1, ANSWERS + 1))
TEMPLATE = """<!doctype html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>Floor</title></head>
<body><form id="answers" method="post">
<input type="hidden" name="token" value="{{ token }}">
{% for name in names %}<fieldset><legend>{{ texts[name] }}</legend>
{% for code in choices %}<label><input type="radio" name="{{ name }}" value="{{ code }}"
{%- if given.get(name) == code %} checked{% endif %}> {{ texts[code] }}</label>
{% endfor %}</fieldset>{% endfor %}
{% if last %}<label>{{ texts.comment }} <input name="comment"></label>{% endif %}
<button name="go" value="next">{{ texts.next }}</button></form></body></html>"""


def names_on(page: int) -> list[str]:
    """Names of the questions of one page."""
    first = page * QUESTIONS + 1
    return [f"q{n:02d}" for n in range(first, first + QUESTIONS)]


def wording(language: str) -> dict[str, str]:
    """Every text of the job in one language."""
    texts = {
        name: f"Question {name} in {language}: how content are you with life here?"
        for page in range(PAGES)
        for name in names_on(page)
    }
    texts |= {code: f"Answer {code} ({language})" for code in CHOICES}
    return texts | {"next": f"Next ({language})", "comment": f"Comment ({language})"}


class Rows:
    """One durable row per submission."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "floor.sqlite"
        self.local = threading.local()
        # SQLite does not wait for others who make the same file
        self._connect().close()

    def add(self, language: str, given: dict[str, str]) -> None:
        """Store one submission before anything is acknowledged."""
        if not hasattr(self.local, "connection"):
            self.local.connection = self._connect()
        self.local.connection.execute(
            "insert into rows(l, body) values(?, ?)", (language, json.dumps(given))
        )

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=20)
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        connection.execute(
            "create table if not exists rows(id integer primary key, l, body)"
        )
        return connection


def take(step: int) -> None:
    """Check and keep what one page posted."""
    for name in names_on(step):
        value = request.form.get(name, "")
        if value and value not in CHOICES:
            abort(400)
        session["given"][name] = value
    if "comment" in request.form:
        session["given"]["comment"] = request.form["comment"][:2000]


def whole() -> dict[str, str]:
    """Check field by field what was posted of all pages at once."""
    names = (name for page in range(PAGES) for name in names_on(page))
    given = {name: request.form.get(name, "") for name in names}
    if any(value and value not in CHOICES for value in given.values()):
        abort(400)
    return {**given, "comment": request.form.get("comment", "")[:2000]}


def create_app(folder: Path) -> Flask:
    """The floor, keeping its rows below ``folder``."""
    app = Flask(__name__)
    app.secret_key = secrets.token_bytes(32)
    page_template = app.jinja_env.from_string(TEMPLATE)
    texts = {language: wording(language) for language in FLOOR_LANGUAGES}
    rows = Rows(folder)

    def show(step: int) -> str:
        return page_template.render(
            language=session["language"],
            texts=texts[session["language"]],
            names=names_on(step) if step >= 0 else [],
            choices=CHOICES,
            given=session["given"],
            token=session["token"],
            last=step == PAGES - 1,
        )

    @app.get("/<language>/")
    def begin(language: str) -> str:
        if language not in texts:
            abort(404)
        session.clear()
        session.update(step=-1, language=language, given={})
        session["token"] = secrets.token_urlsafe(16)
        return show(-1)

    @app.post("/<language>/")
    def answer(language: str) -> str:
        if request.form.get("token") != session.get("token"):
            abort(400)
        if session["step"] >= 0:
            take(session["step"])
        session["step"] += 1
        session.modified = True
        if session["step"] < PAGES:
            return show(session["step"])
        rows.add(session["language"], session["given"])
        session.clear()
        return '<body data-page="thanks"><h1>Thank you</h1>'

    @app.post("/one")
    def one() -> str:
        """The whole survey in one form, and one durable row."""
        rows.add(request.form.get("language", "de"), whole())
        return '<body data-page="thanks"><h1>Thank you</h1>'

    return app
