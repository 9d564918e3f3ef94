"""Assembles the web application: settings, stores, languages, pages, headers.

Knows no rule of its own.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Request, Response, request
from flask.globals import request_ctx
from flask.sessions import NullSession, SessionInterface, SessionMixin
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import (
    BaseConverter,
    MapAdapter,
    RequestRedirect,
    ValidationError,
)

from survey import asked, bodies, headers, hosts, language, respond, settings, watching
from survey.language import Language, Registry
from survey.logs import places
from survey.meter import Meter
from survey.respond import errors, static, stored
from survey.respond.services import EXTENSION, KEEP_SECONDS, Services
from survey.settings import Settings
from survey.storage import engine, migrate
from survey.storage.drafts import Drafts, shelf
from survey.watching import METER

_log = logging.getLogger(__name__)


MOST_KNOWN = 1024
"""Addresses whose pages are remembered: fifteen languages of some sixty pages."""


class NotMigrated(Exception):
    """The store has another form than this version expects."""


class Sessionless(SessionInterface):
    """No sessions: one empty one, which takes nothing, serves everybody."""

    _empty = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:  # noqa: ARG002 - Flask's names
        """The empty session."""
        return self._empty

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Nothing: there is nothing in it."""


class Addresses(MapAdapter):
    """Finds the page of an address; of those asked for most it is known already."""

    def __init__(self, known: dict[tuple[str, str], Any], **of: Any) -> None:
        super().__init__(**of)
        self._known = known

    def match(self, *of: Any, **others: Any) -> Any:
        """As its parent, which takes each address apart anew."""
        if of or others != {"return_rule": True}:
            return super().match(*of, **others)
        key = self.default_method, self.path_info
        found = self._known.get(key)
        if found is None:
            found = super().match(return_rule=True)
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = found
        rule, values = found
        return rule, dict(values)


class Application(Flask):
    """Flask with a log that never holds what somebody answered."""

    request_class = asked.Asked
    session_interface = Sessionless()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._known: dict[tuple[str, str], Any] = {}

    def preprocess_request(self) -> Any:
        """Look at every request first, whatever page it is for."""
        here = cast("asked.Asked", request_ctx.request)
        for look in asked.looks(self):
            look(here)
        return super().preprocess_request()

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Find pages by path and method: no page depends on a host's name."""
        if request is None:
            return super().create_url_adapter(request)
        return Addresses(
            self._known,
            map=self.url_map,
            server_name="",
            script_name="/",
            subdomain="",
            url_scheme=request.scheme,
            path_info=request.path,
            default_method=request.method,
            query_args=request.environ.get("QUERY_STRING", ""),
        )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Every function as it is: none of ours is asynchronous."""
        return func

    def handle_http_exception(self, e: HTTPException) -> Any:
        """Send on within this host: one that a browser claims never comes back."""
        if not isinstance(e, RequestRedirect):
            return super().handle_http_exception(e)
        parts = urlsplit(e.new_url)
        address = urlunsplit(("", "", parts.path, parts.query, ""))
        return Response(status=e.code, headers={"Location": address})

    def wsgi_app(self, environ: Any, start_response: Any) -> Any:
        """Answer a request, and count how long that took."""
        begun = time.perf_counter()
        try:
            return super().wsgi_app(environ, start_response)
        finally:
            self.extensions[METER].request(time.perf_counter() - begun)

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Log kind and places of an error, not its message nor the address."""
        error = exc_info[1]
        told = places(error) if error is not None else ""
        _log.error("a fault at %s\n%s", request.endpoint, told)


def assemble(
    given: Settings | None = None,
    *,
    languages: Registry | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    keep_seconds: float = KEEP_SECONDS,
    meter: Meter | None = None,
) -> Flask:
    """Make the application, or refuse with everything that stands against it.

    Raises ``SettingsError``, ``CatalogError``, ``Unspoken`` or ``NotMigrated``.
    """
    chosen = given or settings.read(Path(os.environ.get("SURVEY_INSTANCE", "instance")))
    languages = languages or language.registry()
    language.check(languages)
    stored.check()
    if not migrate.is_current(chosen):
        raise NotMigrated("The store is of another version. Run `survey migrate`.")
    engine.check_server(chosen)
    drafts = Drafts(shelf(chosen))
    drafts.check()
    app = Application("survey", static_folder=None)
    app.extensions[EXTENSION] = Services(
        settings=chosen,
        languages=languages,
        engine=engine.connect(chosen),
        drafts=drafts,
        clock=clock,
        keep_seconds=keep_seconds,
    )
    _prepare_templates(app, chosen)
    hosts.refuse_strangers(app, chosen)
    headers.protect(app, public_url=chosen.public_url)
    bodies.limit(app)
    app.url_map.converters["language"] = _language_converter(languages)
    for blueprint in respond.blueprints():
        app.register_blueprint(blueprint)
    errors.register(app)
    watching.register(app, meter or Meter(today=app.extensions[EXTENSION].today))
    if chosen.trusted_proxies:
        count = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # Flask's own way
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    return app


def _prepare_templates(app: Flask, chosen: Settings) -> None:
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined] # of i18n
        gettext=lambda text: language.speaks().gettext(text),
        ngettext=lambda one, many, n: language.speaks().ngettext(one, many, n),
        pgettext=lambda context, text: language.speaks().pgettext(context, text),
        npgettext=lambda context, one, many, n: language.speaks().npgettext(
            context, one, many, n
        ),
        newstyle=True,
    )
    environment.globals["settings"] = chosen
    environment.globals["static"] = static.addresses(app)


def _language_converter(languages: Registry) -> type[BaseConverter]:
    codes = "|".join(re.escape(language.code) for language in languages.released)

    class LanguageConverter(BaseConverter):
        """The first part of an address: a released language, or no such page."""

        regex = f"(?:{codes})"

        def to_python(self, value: str) -> Language:
            found = languages.get(value)
            if found is None:
                raise ValidationError
            return found

        def to_url(self, value: Any) -> str:
            return str(value.code)

    return LanguageConverter
