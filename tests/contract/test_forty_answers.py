"""Forty people with codes answer over HTTP; every tick is in the package again."""

from __future__ import annotations

import random
from collections import Counter
from functools import partial

import pytest

from analysis.package import open_package
from survey.cli.context import Instance
from survey.cli.results import export_package
from survey.storage import engine, surveys
from survey.urn import CodeState, Urn
from tests import visits

PEOPLE = 40
LANGUAGES = ("de", "en", "ar")
SINGLE, SEVERAL, RANKED, WRITTEN = "single", "several", "ranked", "written"


def ways_to_answer(edition):
    """How each item is answered, told from the columns the package gives it."""
    found = {}
    for entry in edition.route.pages:
        for stop in entry.stops:
            for item in stop.items:
                found[item.name] = (
                    WRITTEN
                    if not item.is_closed
                    else RANKED
                    if stop.question.picks_from
                    else SEVERAL
                    if stop.kind.is_multiple
                    else SINGLE
                )
    return found


def answer(page, edition, rng):
    """Random inputs for one page: (what is posted, what is expected in the data)."""
    ways = ways_to_answer(edition)
    posted, expected = {}, []
    ranked = [name for name in page.offered if ways.get(name.split("__")[0]) == RANKED]
    if ranked:
        options = [code for code in page.offered[ranked[0]] if code]
        rng.shuffle(options)
        for place, (name, code) in enumerate(zip(ranked, options, strict=False), 1):
            posted[name] = [code]
            expected.append((f"{name.split('__')[0]}__{code}", str(place)))
    for name, offered in page.offered.items():
        if ways.get(name) == SINGLE:
            code = rng.choice(offered)
            posted[name] = [code]
            expected.append((name, code))
        elif ways.get(name) == SEVERAL:
            for code in several(name, offered, edition, rng):
                posted.setdefault(name, []).append(code)
                expected.append((f"{name}__{code}", "1"))
        elif ways.get(name) == WRITTEN:
            posted[name] = [f"Wort{rng.randrange(10**9)}"]
    return posted, without_followers(posted, expected)


def several(name, offered, edition, rng):
    """A few ticks that may stand together: never one that excludes the others."""
    options = edition.questionnaire.question(name).options
    free = [o.code for o in options if not o.exclusive and o.code in offered]
    return rng.sample(free, rng.randint(1, min(3, len(free))))


def without_followers(posted, expected):
    """Follow-ups on the page of their filter count only when it is answered so."""
    if posted.get("q19", [""])[0] in ("often", "sometimes", "rarely"):
        return expected
    return [
        (column, value)
        for column, value in expected
        if not column.startswith(("q20__", "q21"))
    ]


@pytest.fixture
def town(settings, publish):
    publish(
        "zusammenleben",
        access="codes",
        design="random",
        population=46_000,
        invited=800,
        languages=LANGUAGES,
    )
    return Instance(settings, engine.connect(settings))


def walk(client, language, code, edition, rng):
    """One person from the about page to the thank-you page; what was ticked."""
    response = client.get(f"/{language}/zusammenleben/")
    response = visits.post(client, visits.read(response), "start", {"code": code})
    ticked = []
    for _ in range(visits.MOST_PAGES):
        page = visits.read(response)
        if page.kind == "thanks":
            return ticked
        if page.kind == "review":
            response = visits.post(client, page, "send")
            continue
        assert page.kind == "question", page.kind
        posted, expected = answer(page, edition, rng)
        ticked += expected
        response = visits.post(client, page, "next", posted)
        assert response.status_code == 200, (page.path, posted)
    raise AssertionError("no thank-you page")


def test_counts_per_option_equal_what_was_sent_to_the_last_answer(app, town, tmp_path):
    urn = app.extensions["survey"].urn("zusammenleben")
    codes = urn.issue(PEOPLE + 5)
    survey = town.survey("zusammenleben")
    edition = surveys.edition(town.engine, survey.edition)
    expected = Counter()
    for person in range(PEOPLE):
        rng = random.Random(person)
        language = LANGUAGES[person % 3]
        ticked = walk(app.test_client(), language, codes[person], edition, rng)
        expected.update(ticked)
    assert urn.state_of(codes[0]) is CodeState.USED
    assert urn.state_of(codes[PEOPLE]) is CodeState.FREE

    urn.close()
    export_package(town, "zusammenleben", tmp_path / "package", with_comments=True)
    package = open_package(tmp_path / "package")

    assert len(package.responses) == PEOPLE
    found = Counter()
    for column in package.responses.columns:
        values = package.responses[column].astype("str")
        found.update((column, value) for value in values)
    for (column, value), count in expected.items():
        assert found[column, value] == count, (column, value)
    texts = list(package.comments["text"])
    assert len(texts) == len(set(texts))
    assert len(texts) > PEOPLE / 2


def test_a_used_code_stops_at_start_and_a_repeated_send_stores_nothing(
    app, town, tmp_path
):
    urn = app.extensions["survey"].urn("zusammenleben")
    codes = urn.issue(12)
    edition = surveys.edition(town.engine, town.survey("zusammenleben").edition)
    client = app.test_client()
    walk(client, "de", codes[0], edition, random.Random(1))

    second = app.test_client()
    begun = visits.read(second.get("/de/zusammenleben/"))
    stopped = visits.post(second, begun, "start", {"code": codes[0]})
    assert visits.read(stopped).kind == "used"

    sent_twice = app.test_client()
    page = visits.read(sent_twice.get("/de/zusammenleben/"))
    response = visits.post(sent_twice, page, "start", {"code": codes[1]})
    while visits.read(response).kind != "review":
        response = visits.post(sent_twice, visits.read(response), "review")
        if visits.read(response).kind == "question":
            response = visits.post(sent_twice, visits.read(response), "next")
    review = visits.read(response)
    send = partial(visits.post, sent_twice, review, "send")
    assert visits.read(send()).kind == "thanks"
    assert visits.read(send()).kind == "thanks"
    for code in codes[2:]:
        walk(app.test_client(), "en", code, edition, random.Random(code))

    urn.close()
    export_package(town, "zusammenleben", tmp_path / "package")
    assert len(open_package(tmp_path / "package").responses) == len(codes)


def stop_after_four_pages(client, code):
    """One person who sends what they have said so far."""
    page = visits.read(client.get("/ar/zusammenleben/"))
    response = visits.post(client, page, "start", {"code": code})
    given = [
        {"q01": ["yes"]},
        {"q02": ["rather_not"]},
        {"q05": ["f3", "f4"]},
        {"q06__1": ["f4"]},
    ]
    for number, answers in enumerate(given, start=1):
        go = "review" if number == len(given) else "next"
        response = visits.post(client, visits.read(response), go, answers)
    assert visits.read(response).kind == "review"
    assert visits.read(visits.post(client, visits.read(response), "send")).kind == (
        "thanks"
    )


def test_an_answer_sent_after_four_pages_is_one_answer_with_the_rest_not_reached(
    app, town, tmp_path
):
    """Ten of them: fewer would not be told from others, as docs/privacy.md says."""
    urn = app.extensions["survey"].urn("zusammenleben")
    codes = urn.issue(20)
    edition = surveys.edition(town.engine, town.survey("zusammenleben").edition)
    for code in codes[10:]:
        walk(app.test_client(), "en", code, edition, random.Random(1))
    for code in codes[:10]:
        stop_after_four_pages(app.test_client(), code)

    Urn.close(urn)
    export_package(town, "zusammenleben", tmp_path / "package")
    responses = open_package(tmp_path / "package").responses.astype("str")
    stopped = responses[responses["q04_f1"] == "-5"]
    assert len(stopped) == 10
    assert len(stopped.drop_duplicates()) == 1
    row = stopped.iloc[0]
    assert (row["q01"], row["q02"]) == ("yes", "rather_not")
    assert (row["q05__f3"], row["q05__f4"], row["q05__f1"]) == ("1", "1", "0")
    assert (row["q06__f4"], row["q06__f3"]) == ("1", "")
    reached = {"q01", "q02", "channel", "form_language", "excluded"}
    rest = [
        name
        for name in responses.columns
        if name not in reached and not name.startswith(("q05__", "q06__"))
    ]
    assert set(row[rest]) == {"-5"}
