"""A real server, a real browser without JavaScript, and people who use it."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from survey.app import assemble
from survey.authoring import toml
from survey.questionnaire.edition import freeze
from survey.respond.services import EXTENSION
from survey.storage import engine, questionnaires, surveys
from tests import instances
from tests.browser import provide
from tests.ports import free_port

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
SLUG = "zusammenleben"
LANGUAGES = ("de", "en", "ar")
KINDS = Path(__file__).parent / "kinds.toml"


class Clock:
    """The real time, and a little later if a test says so."""

    def __call__(self):
        return datetime.now(UTC)


class Town:
    """A running instance with the reference questionnaire open to everybody."""

    def __init__(self, folder):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.settings = instances.fresh(folder, public_url=self.base)
        instances.publish(
            self.settings,
            SLUG,
            Clock()().date(),
            languages=LANGUAGES,
            access="both",
            contact_for=("workshop", "raffle"),
            contact_until=Clock()().date() + timedelta(days=90),
        )
        self._ask_every_kind()
        self.app = assemble(self.settings, clock=Clock())
        self.services = self.app.extensions[EXTENSION]
        self.codes = self.services.urn(SLUG).issue(20)
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def _ask_every_kind(self):
        """Open a second survey with what the reference questionnaire does not ask."""
        connected = engine.connect(self.settings)
        edition = freeze(toml.read(KINDS), ["de", "ar"])
        questionnaires.save_questionnaire(connected, "kinds", KINDS.read_text("utf-8"))
        surveys.publish(connected, "kinds", edition)
        terms = surveys.Terms(design="open", access="link")
        surveys.open(connected, "kinds", terms, today=Clock()().date())
        connected.dispose()

    def begin(self):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._thread.start()

    def end(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for urn in self.services.urns.values():
            urn.stop()
        self.services.engine.dispose()

    def address(self, language="de", place="", survey=SLUG):
        return f"{self.base}/{language}/{survey}/{place}"

    def files(self):
        """Content of every file the instance has."""
        for path in sorted(self.settings.instance.rglob("*")):
            if path.is_file():
                yield path.name, path.read_bytes()


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("town") / "instance")
    town.begin()
    yield town
    town.end()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=provide.main(),
            args=FLAGS,
            # as in people's browsers: pages are kept for going back
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium):
    """A fresh browser profile; without JavaScript unless asked otherwise."""
    contexts = []

    def visitor(width=360, height=740, *, scripts=False, **how):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            **how,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield visitor
    for context in contexts:
        context.close()
