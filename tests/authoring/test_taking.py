"""An edited file of yesterday meets a questionnaire of today: nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.authoring.exchange import Entry
from survey.authoring.left_over import left_over
from survey.authoring.taking import take
from survey.questionnaire.translation import texts_of
from tests.authoring.exchanges import edited, entry, mixed, sent
from tests.questionnaire.translating import (
    ARABIC,
    RULES,
    SOURCE,
    ask,
    changed,
    mark,
    translated,
    without,
)

TITLE, NEW = "title", "العيش في {place}"
NEW_SOURCE = changed(title="Wohnen in {place}")


def taken(exchange, whole, **how):
    return take(exchange, whole, RULES, **how)


def verdict(taking, key=TITLE):
    [found] = [one for one in taking.verdicts if one.entry.key == key]
    return found


def after(taking, whole, key=TITLE):
    """State and words of a text once the file is taken in."""
    new = whole.changed("ar", taking.changes())
    [found] = [text for text in texts_of(new, "ar") if text.key == key]
    return found.state, found.wording


def kept(**marks):
    """A questionnaire with Arabic texts and marks."""
    made = {key.replace("_", "."): found for key, found in marks.items()}
    return translated(ask(ar=ARABIC), ar=made)


def test_a_file_that_nobody_touched_changes_nothing():
    found = taken(sent(mixed()), mixed())
    assert found.counts() == {"taken": 0, "unchanged": 5, "conflict": 0, "refused": 0}
    assert found.changes() == {}
    assert not any(one.is_worth_saying for one in found.verdicts)


def test_a_missing_text_is_taken_as_translated():
    whole = translated(ask(ar=without(ARABIC, TITLE)))
    found = taken(edited(sent(whole), title=NEW), whole)
    assert verdict(found).verdict == "taken"
    assert after(found, whole) == ("translated", NEW)
    assert found.counts()["unchanged"] == 4


def test_new_words_replace_those_that_went_out():
    found = taken(edited(sent(kept()), title=NEW), kept())
    assert after(found, kept()) == ("translated", NEW)


def test_words_are_taken_without_marks_and_blanks_a_program_slipped_in():
    whole = translated(ask(ar=without(ARABIC, TITLE)))
    found = taken(edited(sent(whole), title=" العيش\u200f\nفي  {place} "), whole)
    assert after(found, whole) == ("translated", NEW)


def test_an_emptied_text_stays_and_is_named():
    found = taken(edited(sent(kept()), title=""), kept())
    assert verdict(found).verdict == "unchanged"
    assert "Empty in the file" in verdict(found).reason
    assert found.changes() == {}


class TestTheSourceWasChangedMeanwhile:
    today = translated(
        ask(NEW_SOURCE, ar=ARABIC), ar={TITLE: mark("translated", SOURCE[TITLE])}
    )

    def test_new_words_are_taken_as_outdated_when_there_is_nothing_newer(self):
        found = taken(edited(sent(kept()), title=NEW), self.today)
        assert verdict(found).verdict == "taken"
        assert "outdated" in verdict(found).reason
        assert after(found, self.today) == ("outdated", NEW)
        [change] = found.changes().values()
        assert change[1].source == "Leben in {place}"

    def test_words_for_a_text_that_was_missing_are_taken_as_outdated(self):
        whole = translated(ask(ar=without(ARABIC, TITLE)))
        today = translated(ask(NEW_SOURCE, ar=without(ARABIC, TITLE)))
        found = taken(edited(sent(whole), title=NEW), today)
        assert after(found, today) == ("outdated", NEW)

    def test_words_for_the_old_source_do_not_replace_those_for_the_new_one(self):
        fresh = {**ARABIC, TITLE: "السكن في {place}"}
        today = translated(
            ask(NEW_SOURCE, ar=fresh),
            ar={TITLE: mark("translated", "Wohnen in {place}")},
        )
        found = taken(edited(sent(kept()), title=NEW), today)
        assert verdict(found).verdict == "conflict"
        assert "السكن في {place}" in verdict(found).reason
        assert after(found, today) == ("translated", "السكن في {place}")
        assert NEW in str(verdict(found).line())

    def test_neither_do_they_when_the_old_words_were_confirmed_for_the_new_source(self):
        today = translated(
            ask(NEW_SOURCE, ar=ARABIC),
            ar={TITLE: mark("translated", "Wohnen in {place}")},
        )
        found = taken(edited(sent(kept()), title=NEW), today)
        assert verdict(found).verdict == "conflict"

    def test_confirming_the_old_text_does_not_confirm_the_new_one(self):
        file = edited(sent(self.today), state="translated", title=ARABIC[TITLE])
        later = translated(
            ask(changed(title="Alltag in {place}"), ar=ARABIC),
            ar={TITLE: mark("translated", SOURCE[TITLE])},
        )
        found = taken(file, later)
        assert verdict(found).verdict == "unchanged"
        assert "stays outdated" in verdict(found).reason
        assert after(found, later)[0] == "outdated"


class TestBothSidesWereChanged:
    here = "السكن في {place}"

    def today(self, state="translated", source=SOURCE[TITLE]):
        own = {**ARABIC, TITLE: self.here}
        return translated(ask(ar=own), ar={TITLE: mark(state, source)})

    def test_the_questionnaire_keeps_its_words_and_the_files_are_listed(self):
        found = taken(edited(sent(kept()), title=NEW), self.today())
        assert verdict(found).verdict == "conflict"
        assert self.here in verdict(found).reason
        assert found.changes() == {}

    def test_the_same_words_on_both_sides_are_no_conflict(self):
        found = taken(edited(sent(kept()), title=self.here), self.today())
        assert verdict(found).verdict == "unchanged"

    def test_words_the_file_left_alone_do_not_undo_newer_ones(self):
        found = taken(sent(kept()), self.today())
        assert verdict(found).verdict == "unchanged"
        assert "newer words" in verdict(found).reason
        assert after(found, self.today()) == ("translated", self.here)

    def test_finished_words_replace_a_draft_that_is_then_shown_in_full(self):
        found = taken(edited(sent(kept()), title=NEW), self.today("machine_draft"))
        assert verdict(found).verdict == "taken"
        assert self.here in verdict(found).reason
        assert after(found, self.today()) == ("translated", NEW)

    def test_what_was_not_taken_goes_into_a_file_that_settles_it(self):
        file = edited(sent(kept()), title=NEW)
        today = self.today()
        left = left_over(file, taken(file, today), today, RULES)
        assert [one.key for one in left.entries] == [TITLE]
        assert any(self.here in note for note in left.entries[0].notes)
        assert after(taken(left, today), today) == ("translated", NEW)

    def test_words_for_an_old_source_come_back_from_that_file_as_a_draft(self):
        file = edited(sent(kept()), title=NEW)
        today = translated(
            ask(NEW_SOURCE, ar={**ARABIC, TITLE: self.here}),
            ar={TITLE: mark("translated", "Wohnen in {place}")},
        )
        left = left_over(file, taken(file, today), today, RULES)
        assert left.entries[0].previous == "Leben in {place}"
        assert after(taken(left, today), today) == ("machine_draft", NEW)


class TestNothingSaysWhatWentOut:
    """Tools that drop the stamps leave only the words."""

    def bare(self, exchange):
        plain = [replace(one, stamp=None) for one in exchange.entries]
        return replace(exchange, entries=tuple(plain))

    def test_missing_texts_are_taken_and_equal_ones_unchanged(self):
        whole = translated(ask(ar=without(ARABIC, TITLE)))
        found = taken(self.bare(edited(sent(whole), title=NEW)), whole)
        assert found.counts()["taken"] == 1
        assert found.counts()["unchanged"] == 4

    def test_other_words_than_the_questionnaires_are_a_conflict(self):
        found = taken(self.bare(edited(sent(kept()), title=NEW)), kept())
        assert verdict(found).verdict == "conflict"

    def test_words_for_todays_source_replace_outdated_ones(self):
        today = translated(
            ask(NEW_SOURCE, ar=ARABIC), ar={TITLE: mark("translated", SOURCE[TITLE])}
        )
        file = self.bare(edited(sent(today), state="translated", title=NEW))
        found = taken(file, today)
        assert after(found, today) == ("translated", NEW)
        assert ARABIC[TITLE] in verdict(found).reason

    def test_the_source_in_the_file_tells_an_old_translation(self):
        today = translated(ask(NEW_SOURCE, ar=without(ARABIC, TITLE)))
        file = self.bare(edited(sent(kept()), title=NEW))
        assert after(taken(file, today), today) == ("outdated", NEW)


class TestStates:
    outdated = translated(
        ask(NEW_SOURCE, ar=ARABIC), ar={TITLE: mark("reviewed", SOURCE[TITLE])}
    )

    def test_an_outdated_text_is_confirmed_by_its_state_alone(self):
        file = edited(sent(self.outdated), state="translated", title=ARABIC[TITLE])
        found = taken(file, self.outdated)
        assert verdict(found).verdict == "taken"
        assert after(found, self.outdated) == ("translated", ARABIC[TITLE])

    @pytest.mark.parametrize("is_tended", [True, False])
    def test_a_state_left_over_counts_only_where_editors_tend_it(self, is_tended):
        file = edited(sent(self.outdated), title=NEW)
        found = taken(replace(file, has_tended_states=is_tended), self.outdated)
        state = "machine_draft" if is_tended else "translated"
        assert after(found, self.outdated) == (state, NEW)

    def test_a_draft_of_a_machine_is_taken_as_such(self):
        whole = translated(ask(ar=without(ARABIC, TITLE)))
        file = edited(sent(whole), state="machine_draft", title=NEW)
        found = taken(file, whole)
        assert after(found, whole) == ("machine_draft", NEW)

    def test_a_draft_is_confirmed(self):
        whole = kept(title=mark("machine_draft", SOURCE[TITLE]))
        file = edited(sent(whole), state="translated", title=ARABIC[TITLE])
        assert after(taken(file, whole), whole) == ("translated", ARABIC[TITLE])

    def test_reviewed_needs_a_name(self):
        file = edited(sent(kept()), state="reviewed", title=ARABIC[TITLE])
        found = taken(file, kept())
        assert found.claims_review
        assert after(found, kept())[0] == "translated"
        named = taken(file, kept(), reviewed_by="Amal")
        assert after(named, kept())[0] == "reviewed"

    def test_a_reader_reviews_whatever_is_finished_in_the_file(self):
        found = taken(sent(mixed()), mixed(), reviewed_by="Olena")
        new = mixed().changed("ar", found.changes())
        assert {text.key: text.state for text in texts_of(new, "ar")} == {
            "title": "reviewed",
            "bus.label": "reviewed",
            "bus.option.daily": "machine_draft",
            "bus.option.never": "missing",
            "idea.label": "outdated",
        }
        assert {made.reviewed_by for _, made in found.changes().values()} == {"Olena"}

    def test_a_reviewed_text_that_is_changed_must_be_read_again(self):
        whole = kept(title=mark("reviewed", SOURCE[TITLE], reviewed_by="Amal"))
        found = taken(edited(sent(whole), title=NEW), whole)
        assert after(found, whole) == ("translated", NEW)


def test_unknown_texts_are_listed_with_their_words():
    stray = Entry("gone.label", "Was war?", "ماذا كان؟", "translated", row=7)
    file = replace(sent(kept()), entries=(stray,))
    found = taken(file, kept())
    assert verdict(found, "gone.label").verdict == "refused"
    assert "ماذا كان؟" in str(verdict(found, "gone.label").line())


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("العيش", "lost the slot {place}"),
        ("العيش في {town}", "lost the slot {place}"),
        ("???? {place}", "letters were lost"),
        ("العيش\u0007 {place}", "control character"),
        ("ا" * 2100 + "{place}", "at most 2000"),
        ("العيش في {place", "braces"),
    ],
)
def test_what_nobody_may_read_is_refused_with_its_words_shown(words, reason):
    found = taken(edited(sent(kept()), title=words), kept())
    assert verdict(found).verdict == "refused"
    assert reason in verdict(found).reason
    # a terminal gets a dot for what it must not be sent
    assert words.replace("\u0007", "·") in str(verdict(found).line())
    assert found.changes() == {}


def test_letters_that_the_charts_lack_are_kept_all_the_same():
    whole = translated(ask(ar=without(ARABIC, TITLE)))
    found = taken(edited(sent(whole), title="\u1230 {place}"), whole)
    assert verdict(found).verdict == "taken"


def test_a_text_that_stands_twice_counts_once():
    file = edited(sent(kept()), title=NEW)
    again = replace(entry(file, TITLE), target="غير {place}")
    found = taken(replace(file, entries=(*file.entries, again)), kept())
    assert [one.verdict for one in found.verdicts if one.entry.key == TITLE] == [
        "taken",
        "conflict",
    ]


def test_notes_and_changed_sources_are_heard():
    file = sent(kept())
    noted = replace(entry(file, TITLE), remark="Ort oder Stadt?", source="Leben hier")
    found = taken(replace(file, entries=(noted,)), kept())
    assert "Ort oder Stadt?" in verdict(found).reason
    assert "Leben hier" in verdict(found).reason
    assert verdict(found).verdict == "unchanged"


def test_an_entry_that_could_not_be_read_is_refused_with_why():
    broken = replace(entry(sent(kept()), TITLE), fault="The cells are merged.")
    found = taken(replace(sent(kept()), entries=(broken,)), kept())
    assert verdict(found).verdict == "refused"
    assert verdict(found).reason.startswith("The cells are merged.")
