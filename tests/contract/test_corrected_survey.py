"""An open survey is corrected in the middle: one package, and no row that tells."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime

import pytest

from analysis import checking, waves
from analysis.package import open_package
from survey.authoring import stored, toml
from survey.cli.context import Instance
from survey.cli.publishing import publish
from survey.cli.results import export_package
from survey.storage import corrections, engine, questionnaires, surveys
from survey.storage.engine import driver
from survey.storage.surveys import Terms
from survey.urn import Released
from tests import instances, visits

BEFORE, AFTER = 25, 21
SOURCE = """
name = "clubs"
language = "de"
title = { de = "Vereine in {place}", en = "Clubs in {place}", ar = "نوادي {place}" }

[settings]
place = "Musterstadt"
privacy_profile = "village"

[[pages]]
name = "member"

[[pages.questions]]
name = "member"
kind = "single"
label = { de = "Sind Sie Mitgleid?", en = "Are you a member?", ar = "هل أنت عضو؟" }
dont_know = true
options = [
  { code = "yes", label = { de = "Ja", en = "Yes", ar = "نعم" } },
  { code = "no", label = { de = "Nein", en = "No", ar = "لا" } },
]

[[pages]]
name = "which"

[[pages.questions]]
name = "which"
kind = "multiple"
label = { de = "In welchen?", en = "Of which?", ar = "أي منها؟" }
shown_if = "${member} = 'yes'"
options = [
  { code = "chess", label = { de = "Schach", en = "Chess", ar = "الشطرنج" } },
  { code = "choir", label = { de = "Chor", en = "Choir", ar = "الجوقة" } },
]

[[pages]]
name = "idea"

[[pages.questions]]
name = "idea"
kind = "text"
label = { de = "Was noch?", en = "What else?", ar = "ماذا أيضا؟" }
longest = 200
"""
CORRECTED = SOURCE.replace("Mitgleid", "Mitglied")
OPENED = date(2026, 10, 5)
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


class Clubs:
    """An open village survey that is answered over HTTP."""

    def __init__(self, settings, app, *, slug="clubs", source=SOURCE):
        self.app = app
        self.slug = slug
        self.instance = Instance(settings, engine.connect(settings))
        self.take_in(source)
        publish(self.instance, self.survey(), ("de", "en"))
        terms = Terms("open", "link", k=5)
        surveys.open(self.instance.engine, slug, terms, today=OPENED)
        self.urn = app.extensions["survey"].urn(slug)

    def survey(self):
        return self.instance.survey(self.slug)

    def take_in(self, source):
        text = stored.write(toml.read(source.encode(), name=self.slug))
        questionnaires.save_questionnaire(self.instance.engine, self.slug, text)

    def correct(self):
        self.take_in(CORRECTED)
        return publish(self.instance, self.survey(), ("de", "en", "ar"), note="a slip")

    def answer(self, people, language, *, start=0):
        """So many people send; every second is a member."""
        for number in range(start, start + people):
            given = {"member": ["no"], "idea": [f"Wort {language} {number}"]}
            if number % 2:
                given |= {"member": ["yes"], "which": ["chess"]}
            client = self.app.test_client()
            page = visits.respond(client, given, language, slug=self.slug)
            assert visits.read(page).kind == "thanks"

    def first_page(self, language, app=None):
        """The words a new person meets."""
        client = (app or self.app).test_client()
        page = visits.read(client.get(f"/{language}/{self.slug}/"))
        return visits.post(client, page, "start").get_data(as_text=True)

    def slots(self):
        """Bytes kept for one answer in each sealed box: its seal takes 32 more."""
        connection = driver(engine.database(self.instance.settings))
        rows = connection.execute("SELECT length(box), n FROM pool WHERE n > 0")
        found = {(length - 32) / n for length, n in rows}
        connection.close()
        return found

    def rows(self):
        """Released rows as they lie in the file."""
        connection = driver(engine.database(self.instance.settings))
        found = connection.execute("SELECT * FROM responses").fetchall()
        connection.close()
        return found

    def export(self, folder):
        export_package(self.instance, self.slug, folder, with_comments=True)
        return open_package(folder)


@pytest.fixture
def clubs(settings, app):
    found = Clubs(settings, app)
    yield found
    found.instance.engine.dispose()


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """An instance for the tests that only look at what came of it."""
    settings = instances.fresh(tmp_path_factory.mktemp("town") / "instance")
    with instances.serving(settings, lambda: NOON) as app:
        yield settings, app


@pytest.fixture(scope="module")
def corrected(town):
    """Answers before, a correction with a new language, answers after, closed."""
    clubs = Clubs(*town)
    clubs.answer(BEFORE - 5, "de")
    clubs.answer(5, "en", start=BEFORE - 5)
    clubs.correct()
    assert clubs.urn.release() == Released(n=10, kept=15, is_corrected=True)
    clubs.answer(AFTER - 14, "de", start=BEFORE)
    clubs.answer(7, "en", start=BEFORE + AFTER - 14)
    clubs.answer(7, "ar", start=BEFORE + AFTER - 7)
    clubs.urn.close()
    yield clubs
    clubs.instance.engine.dispose()


@pytest.fixture(scope="module")
def folder(corrected, tmp_path_factory):
    """Its package."""
    place = tmp_path_factory.mktemp("package") / "clubs"
    corrected.export(place)
    return place


def test_the_survey_goes_on_as_it_is_until_the_release(clubs):
    clubs.answer(10, "de")
    published = clubs.correct()
    assert clubs.survey().edition != published.edition.hash
    assert "Mitgleid" in clubs.first_page("de")
    assert clubs.app.test_client().get(f"/ar/{clubs.slug}/").status_code == 404
    clubs.urn.release()
    assert clubs.survey().edition == published.edition.hash
    assert "Mitglied" in clubs.first_page("de")
    assert "هل أنت عضو؟" in clubs.first_page("ar")


def test_every_process_notices_by_itself(clubs, settings, clock):
    with instances.serving(settings, clock) as other:
        assert "Mitgleid" in clubs.first_page("de", other)
        clubs.answer(10, "de")
        clubs.correct()
        clubs.urn.release()
        assert "Mitglied" in clubs.first_page("de", other)


def test_who_is_in_the_middle_loses_nothing(clubs):
    clubs.answer(10, "en")
    client = clubs.app.test_client()
    page = visits.read(client.get(f"/de/{clubs.slug}/"))
    page = visits.read(visits.post(client, page, "start"))
    page = visits.read(visits.post(client, page, "next", {"member": ["yes"]}))
    clubs.correct()
    clubs.urn.release()
    # a page of before is posted, an answer of before is shown and sent
    response = visits.post(client, page, "review", {"which": ["choir"]})
    page = visits.read(response)
    assert page.kind == "review"
    assert "Mitglied" in response.get_data(as_text=True)
    assert visits.read(visits.post(client, page, "send")).kind == "thanks"
    clubs.urn.close()
    answers = [json.loads(row[-1]) for row in clubs.rows()]
    assert {"member": "yes", "which__chess": "0", "which__choir": "1"} in answers


def test_all_answers_stand_in_one_package_with_the_correction_listed(corrected, folder):
    package = open_package(folder)
    assert len(package.responses) == BEFORE + AFTER
    counts = package.responses["member"].astype("str").value_counts()
    # whose way was rare may have become somebody who says nothing, by lot
    told = counts.drop("-5", errors="ignore")
    assert set(told.index) == {"yes", "no"}
    assert counts.sum() == BEFORE + AFTER
    assert told.sum() > BEFORE + AFTER - 5
    assert (told <= 23).all()
    first, second = package.editions
    assert (first.note, first.languages) == ("", ("de", "en"))
    assert (second.note, second.languages) == ("a slip", ("de", "en", "ar"))
    assert second.hash == package.descriptor["edition"]
    assert package.reworded() == {"member": ("de",)}
    assert list(checking.corrections(package)) == [
        "  edition 2 of 2, a slip: reworded member (de)"
    ]
    label = package.codebook.labels("member", "", "label", "de")
    assert label == "Sind Sie Mitglied?"
    text = (folder / "editions.csv").read_text("utf-8")
    assert text.splitlines()[0] == "order,edition,languages,note,reworded"
    # a day would be a time: it stays in the office
    history = corrections.history(corrected.instance.engine, "clubs")
    assert str(history[1].since) not in text


def test_a_survey_that_was_never_corrected_lists_no_editions(clubs, tmp_path):
    clubs.answer(12, "de")
    clubs.urn.close()
    assert clubs.export(tmp_path / "package").editions == ()
    assert not (tmp_path / "package" / "editions.csv").exists()


def test_no_row_tells_which_edition_it_saw(corrected, folder):
    rows = corrected.rows()
    assert {len(row) for row in rows} == {5}
    shapes = {tuple(json.loads(answers)) for *_, answers in rows}
    assert shapes == {("member", "which__chess", "which__choir")}
    assert {language for _, _, _, language, _ in rows} == {"de", "other"}
    # the same answers take the same bytes, whenever they were given
    different = {answers for *_, answers in rows}
    told = {one for one in different if set(json.loads(one).values()) != {"-5"}}
    assert len(told) == 2
    assert len(different - told) <= 1
    package = open_package(folder)
    names = [*shapes.pop(), "channel", "form_language", "excluded"]
    assert sorted(package.responses.columns) == sorted(names)
    hashes = [edition.hash for edition in package.editions]
    for name in ("responses.csv", "comments.csv", "participation.csv", "policy.json"):
        text = (folder / name).read_text("utf-8")
        assert not any(found in text for found in hashes)


def test_the_place_of_a_row_does_not_tell_it_either(folder):
    """Comments name their writers here, as a remark might: their places are chance.

    46 places, 25 of them before: the mean place of those has a standard deviation
    of 1.81 when it is chance; five of them are never seen.
    """
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    numbers = [int(text.split()[-1]) for text in texts]
    assert sorted(numbers) == list(range(BEFORE + AFTER))
    places = [place for place, number in enumerate(numbers) if number < BEFORE]
    assert abs(sum(places) / BEFORE - 22.5) < 5 * 1.81


def test_a_sealed_answer_takes_the_same_room_before_and_after(clubs):
    clubs.answer(12, "de")
    before = clubs.slots()
    clubs.correct()
    clubs.urn.release()
    clubs.answer(3, "ar", start=12)
    assert clubs.slots() == before
    assert len(before) == 1


def test_two_waves_are_joined_where_they_are_the_same(town, tmp_path):
    packages = []
    for slug, changes in (
        ("first", []),
        (
            "second",
            [
                ("In welchen?", "In welchen Vereinen?"),
                ("dont_know = true", "prefer_not = true"),
            ],
        ),
    ):
        source = CORRECTED
        for old, new in changes:
            source = source.replace(old, new)
        wave = Clubs(*town, slug=slug, source=source)
        wave.answer(6, "de")
        wave.urn.close()
        packages.append(wave.export(tmp_path / slug))
        wave.instance.engine.dispose()
    assert list(checking.comparisons(packages)) == [
        "first 1 and second 1: 1 of 3 items can be joined.",
        "  member: scale changed: limits, units or ways of not answering",
        "  which: wording changed: label (de): “In welchen?” → “In welchen Vereinen?”",
        "  idea: same",
    ]
    joined = waves.join(packages)
    assert joined.items == ("idea",)
    assert list(joined.differences["item"]) == ["member", "which"]
    assert len(joined.responses) == 12
