"""How long a questionnaire takes, as it is announced and as its author is told."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from survey.questionnaire.check import check
from survey.questionnaire.duration import minutes, minutes_of
from survey.questionnaire.edition import freeze
from survey.questionnaire.model import Option, Page, Question, Questionnaire
from tests import instances

LABEL = " ".join(["Wort"] * 16)  # 16 of 160 words a minute: six seconds


def asking(question, times, *, part="core"):
    """Pages of this question, so many times."""
    options = {option.text: "" for option in question.options}
    pages = tuple(
        Page(f"p{number}", (replace(question, name=f"q{number}"),), part)
        for number in range(times)
    )
    words = {f"q{number}.label": LABEL for number in range(times)}
    texts = MappingProxyType({"de": MappingProxyType({**words, **options})})
    return Questionnaire("made_up", "de", (), pages, texts)


def test_the_reference_questionnaire_takes_as_long_as_its_authors_say():
    edition = freeze(instances.questionnaire("zusammenleben"), ["de"])
    assert minutes(edition, part="core") == 4
    assert minutes(edition, part="more") == 6
    assert minutes(edition, part="none") == 0


YES_NO = (Option("yes", "yes"), Option("no", "no"))


@pytest.mark.parametrize(
    ("question", "seconds"),
    [
        # a page 2, its words 6, choosing 4
        (Question("q", "single", options=YES_NO), 12),
        (Question("q", "single", options=YES_NO, has_other=True), 12),
        (Question("q", "number"), 12),
        (Question("q", "number", has_dont_know=True), 12),
        (Question("q", "date", precision="day"), 20),
        (Question("q", "points", options=YES_NO, total=10), 16),
        (Question("q", "short_text", longest=100), 23),
        (Question("q", "text", longest=600), 53),
        (Question("q", "note"), 8),
        (Question("q", "calculated", calculation="1"), 0),
        (Question("q", "hologram"), 0),
    ],
)
def test_seconds_add_up_by_kind(question, seconds):
    # 60 pages take as many minutes as one takes seconds
    assert minutes_of(asking(question, 60), "de", part="core") == seconds


def test_nobody_reads_a_long_list_to_its_end():
    options = tuple(Option(f"c{number}", f"t{number}") for number in range(60_000))
    asked = asking(Question("q", "select", options=options), 1)
    words = {**asked.texts["de"], **{option.text: "Dorf" for option in options}}
    asked = replace(asked, texts=MappingProxyType({"de": words}))
    # 30 words and those of the label: 17.25 seconds, a page 2, choosing 4
    assert minutes_of(asked, "de", part="core") == 1


@pytest.mark.parametrize(
    ("times", "part", "reasons"),
    [
        (25, "core", []),
        (26, "core", ["The core takes about 6 minutes."]),
        (75, "more", []),
        (76, "more", ["The whole takes about 16 minutes."]),
    ],
)
def test_authors_are_told_when_it_takes_too_long(times, part, reasons):
    asked = asking(Question("q", "single", options=YES_NO), times, part=part)
    found = [note.reason for note in check(asked) if note.place == "pages"]
    assert found == reasons
