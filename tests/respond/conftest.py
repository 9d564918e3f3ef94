"""People who walk through surveys, and counters of what that costs."""

from __future__ import annotations

import pytest

from survey.respond.services import EXTENSION
from survey.storage.errors import StoreUnavailable
from tests.respond.walk import Walk


@pytest.fixture
def walk(app, publish):
    """Open a questionnaire and begin to walk through it in its own browser."""

    def walk(name, language="xl", **terms):
        publish(name, **terms)
        return Walk(app.test_client(), name, language)

    return walk


@pytest.fixture
def shared(app):
    return app.extensions[EXTENSION]


@pytest.fixture
def codes(app, publish, shared):
    """Open a questionnaire for people with codes; gives codes."""

    def codes(name, count=2, access="codes"):
        publish(name, access=access)
        return shared.urn(name).issue(count)

    return codes


class Unreachable:
    """A store of drafts that can be taken away."""

    def __init__(self, drafts):
        self._drafts = drafts
        self.refuses = set()
        self.calls = []

    def _call(self, name, *given):
        self.calls.append(name)
        if name in self.refuses:
            raise StoreUnavailable("gone")
        return getattr(self._drafts, name)(*given)

    def load(self, id_hash):
        return self._call("load", id_hash)

    def save(self, id_hash, box):
        self._call("save", id_hash, box)

    def save_both(self, one, other):
        self._call("save", *one)
        self._call("save", *other)

    def delete(self, id_hash):
        self._call("delete", id_hash)

    def sweep_if_due(self, today):
        return self._drafts.sweep_if_due(today)


@pytest.fixture
def drafts(shared):
    shared.drafts = Unreachable(shared.drafts)
    return shared.drafts


class Fate:
    """An urn of which a test decides the verdicts."""

    def __init__(self, urn):
        self._urn = urn
        self.verdicts = []
        self.sent = []

    def __getattr__(self, name):
        return getattr(self._urn, name)

    def send(self, ballot, admission, kind):
        self.sent.append((ballot, admission, kind))
        if self.verdicts:
            return self.verdicts.pop(0)
        return self._urn.send(ballot, admission, kind)


@pytest.fixture
def urn(shared):
    """Look over the shoulder of a survey's urn."""

    def urn(slug):
        shared.urns[slug] = Fate(shared.urn(slug))
        return shared.urns[slug]

    return urn
