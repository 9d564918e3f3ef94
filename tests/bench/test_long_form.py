"""A form of 250 questions and 60,000 choices beside the reference questionnaire.

Processor time of this process only, alternating, so that both meet the same machine.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from datetime import UTC, datetime

import pytest

from survey.authoring import shipped, stored
from survey.questionnaire.edition import freeze
from survey.respond.services import EXTENSION, KEEP_SECONDS
from survey.storage import engine, questionnaires, surveys
from survey.storage.surveys import Terms
from tests import instances
from tests.bench.long_form import LANGUAGES, PLAIN, long_form

pytestmark = pytest.mark.bench

ROUNDS, FETCHES = 9, 60
# the reference questionnaire's heaviest page: nine rows, as long as the page of a list
BATTERY = 4
TODAY = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def spent(act):
    """Seconds of processor time, and what came out."""
    before = time.process_time()
    found = act()
    return time.process_time() - before, found


def published(connected, slug, questionnaire):
    """Keep, read again, freeze and publish: what `import` and `publish` do."""
    kept = stored.write(questionnaire)
    questionnaires.save_questionnaire(connected, slug, kept)
    asked = stored.read(questionnaires.questionnaire(connected, slug), name=slug)
    edition = freeze(asked, LANGUAGES)
    surveys.publish(connected, slug, edition)
    return edition


def at_page(app, slug, number, answers):
    """A client that has answered everything before page ``number``."""
    client = app.test_client()
    sent = client.post(f"/de/{slug}/", data={"go": "start"}, follow_redirects=True)
    for _ in range(number - 1):
        html = sent.get_data(as_text=True)
        names = set(re.findall(r'name="([a-z0-9_]+)"', html))
        token = re.search(r'name="token" value="([^"]+)"', html)[1]
        own = {name: code for name, code in answers.items() if name in names}
        data = {"token": token, "go": "next", **own}
        sent = client.post(sent.request.path, data=data, follow_redirects=True)
    return client, sent.request.path


def fetching(client, path):
    def fetch():
        for _ in range(FETCHES):
            assert client.get(path).status_code == 200

    return fetch


def costs(pages):
    """Seconds of each page, the median of alternating rounds."""
    found = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, (client, path) in pages.items():
            found[name].append(spent(fetching(client, path))[0] / FETCHES)
    return {name: statistics.median(own) for name, own in found.items()}


def told(found):
    for name, cost in found.items():
        light, heavy = cost / found["short"], cost / found["battery"]
        yield f"page {name}: {cost * 1000:.2f} ms, {light:.2f} x / {heavy:.2f} x"


def test_a_long_form_publishes_in_seconds_and_its_pages_cost_what_pages_cost(
    tmp_path, capsys
):
    settings = instances.fresh(tmp_path / "instance")
    connected = engine.connect(settings)
    seconds, edition = spent(lambda: published(connected, "long", long_form()))
    plain, _ = spent(lambda: json.loads(json.dumps(json.loads(edition.to_json()))))
    published(connected, "short", shipped.load("zusammenleben"))
    for slug in ("long", "short"):
        terms = Terms(design="open", access="link")
        surveys.open(connected, slug, terms, today=TODAY.date())
    with instances.serving(settings, lambda: TODAY) as app:
        answers = {f"q{n}": "a" for n in range(PLAIN)} | {"district0": "d7"}
        short = {"q01": "yes", "q05": "f1"}
        pages = {
            "list": at_page(app, "long", PLAIN + 2, answers),
            "long": at_page(app, "long", 10, answers),
            "short": at_page(app, "short", 5, short),
            "battery": at_page(app, "short", BATTERY, short),
        }
        anew = costs(pages)
        # as a server does, which does not look at every request which surveys there are
        app.extensions[EXTENSION].keep_seconds = KEEP_SECONDS
        kept = costs(pages)
    said = [f"publishing: {seconds:.2f} s CPU, {seconds / plain:.1f} x its JSON"]
    said += ["surveys read at every request", *told(anew)]
    said += [f"surveys read every {KEEP_SECONDS:.0f} s", *told(kept)]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(said) + "\n")
    assert seconds / plain < 15
    for found in (anew, kept):
        assert found["long"] / found["short"] < 1.3
        assert found["list"] / found["short"] < 2.5
        assert found["list"] / found["battery"] < 2
