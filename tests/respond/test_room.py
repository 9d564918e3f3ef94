"""Every draft of an edition takes the same space, whatever is in it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from survey.questionnaire.edition import freeze
from survey.questionnaire.kinds import kind_of
from survey.respond import draft, sealing
from survey.respond.drawer import Drawer
from survey.respond.room import room_of
from tests import instances

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


class Shelf(dict):
    """A store in memory that remembers every length."""

    lengths: set[int]

    def load(self, id_hash):
        return self.get(id_hash)

    def save(self, id_hash, box):
        self[id_hash] = box
        self.lengths.add(len(box))

    def save_both(self, one, other):
        self.save(*one)
        self.save(*other)


def everything(edition, letter):
    """Every choice taken, every text written to its end."""
    answers = {}
    for question in edition.questionnaire.questions():
        for item in kind_of(question).items(question):
            codes = tuple(option.code for option in question.options)
            is_list = question.kind in ("multiple", "pick", "rank")
            one = codes[-1] if codes else "1"
            answers[item.name] = codes if is_list else one
            if item.longest:
                answers[item.name] = letter * item.longest
    return answers


@pytest.mark.parametrize("name", ["zusammenleben", "recognisable", "other", "points"])
@pytest.mark.parametrize("letter", ["x", "ش", "ß"])
def test_a_draft_with_everything_is_as_long_as_an_empty_one(name, letter):
    asked = instances.questionnaire(name)
    edition = freeze(asked, ["de"])
    shelf = Shelf()
    shelf.lengths = set()
    drawer = Drawer(shelf, sealing.new_key(), "town", room=room_of(edition))
    empty = draft.begin(channel="code", admission=bytes(16), now=NOW)
    drawer.write(empty)
    pages = tuple(page.name for page in edition.questionnaire.pages)
    full = replace(empty, answers=everything(edition, letter), reached=pages)
    drawer.write(full)
    assert drawer.read() == full
    words = draft.WayBack(bytes(6), bytes(32), bytes(16))
    drawer.keep(replace(full, way_back=words))
    assert len(shelf) == 2
    drawer.settle(full, now=NOW, is_certain=True)
    assert len(shelf.lengths) == 1
