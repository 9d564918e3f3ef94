"""Rows of type select_one, select_multiple and rank → drafts with choices."""

from __future__ import annotations

import difflib

from survey.authoring.xlsform import limits
from survey.authoring.xlsform.choices import ChoiceList
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.expressions import Translated, translate
from survey.authoring.xlsform.known import Item
from survey.questionnaire.kinds import KINDS

OTHER = "other"
MOST_SHOWN = 20  # more are a list to open, not a column of buttons
MOST_CHOICES = 200
_OPENED = frozenset({"minimal", "autocomplete", "search", "picker", "map"})
_KINDS = {
    "select_one": ("single", "select", "district"),
    "select_multiple": ("multiple", "pick", "points"),
    "rank": ("rank",),
}
_LOADED = (
    "Its choices are searched for in another file, which is not read.",
    "Put them into the sheet choices.",
)


def select(draft: Draft) -> None:
    """A question with choices."""
    if "search(" in draft.value("appearance").lower():
        draft.entry.refuse(*_LOADED)
        return
    found = _list(draft)
    if found is None:
        return
    draft.choices = found
    draft.kind = _kind(draft, found)
    _check_number(draft, found)
    codes = found.codes
    several = draft.leaf.type.base != "select_one"
    if draft.leaf.type.has_other:
        _take_other(draft)
        codes = {OTHER: (OTHER,), **codes}
    draft.item = Item(draft.leaf.name, draft.name, codes, found, several)
    _take_filter(draft, found)
    _take_attributes(draft)


def _list(draft: Draft) -> ChoiceList | None:
    name = draft.leaf.type.list_name
    found = draft.form.list_of(draft.leaf.type)
    if found is not None:
        return found
    picked = draft.value("picks_from")
    source = draft.form.known.items.get(picked)
    if source is not None and source.choices is not None:
        return source.choices
    similar = difflib.get_close_matches(name, list(draft.form.lists), 1)
    remedy = f"Is {similar[0]} meant?" if similar else "Write its choices."
    draft.entry.refuse(f"There is no list {name} among the choices.", remedy)
    return None


def _kind(draft: Draft, found: ChoiceList) -> str:
    """The kind written in our own column, or the one that fits best."""
    base = draft.leaf.type.base
    wanted = draft.value("kind")
    if wanted in _KINDS[base]:
        return wanted
    if wanted:
        draft.entry.change(f"A row of type {base} cannot be of kind {wanted}.")
    if base == "select_one" and draft.leaf.appearance & _OPENED:
        return "select"
    if base == "select_one" and len(found.usable()) > MOST_SHOWN:
        number = len(found.usable())
        draft.entry.change(f"Its {number} choices are shown as a list to open.")
        return "select"
    return _KINDS[base][0]


def _check_number(draft: Draft, found: ChoiceList) -> None:
    number = len(found.usable())
    may_be_long = KINDS[draft.kind].is_long or bool(draft.value("choice_filter"))
    if number < 2:
        reason = f"The list {found.name} has fewer than two choices."
        draft.entry.refuse(reason, "Write at least two.")
    elif number > MOST_CHOICES and not may_be_long:
        reason = f"The list {found.name} has {number} choices."
        remedy = f"At most {MOST_CHOICES} can be read side by side."
        draft.entry.refuse(reason, remedy)


def _take_other(draft: Draft) -> None:
    """Own words beside the choices, in the words of a choice ``other`` if any."""
    if "has_other" not in KINDS[draft.kind].attributes:
        draft.entry.change("Own words beside the choices are not asked here.")
        return
    draft.values["has_other"] = True
    for choice in draft.choices.choices if draft.choices else ():
        if choice.code == OTHER and draft.form.source in choice.texts:
            words = draft.form.cleaned(choice.entry, choice.texts)
            draft.words.setdefault(OTHER, words)


def _take_filter(draft: Draft, found: ChoiceList) -> None:
    """Which choices are shown; shown to everybody they would not be the same."""
    source = draft.value("choice_filter")
    if not source:
        return
    if "choice_filter" not in KINDS[draft.kind].attributes:
        reason = "Its choices cannot be filtered."
        draft.entry.refuse(reason, "Leave choice_filter out, or ask in another way.")
        return
    read = translate(source, draft.form.known, choices=found)
    for note in read.notes:
        draft.entry.change(note.reason, note.remedy, excerpt=note.excerpt)
    if read.faults:
        fault = read.faults[0]
        reason = f"Its choice_filter cannot be used: {fault.reason}"
        draft.entry.refuse(reason, fault.remedy, excerpt=fault.excerpt)
        return
    clash = _spell_properties(found, read)
    if clash:
        draft.entry.refuse(clash, "Use a column of its own for each list.")
        return
    draft.values["choice_filter"] = read.source
    draft.looks_at |= read.names


def _spell_properties(found: ChoiceList, read: Translated) -> str:
    """Spell the values of properties as the codes they are compared with."""
    found.literals |= read.literals
    for name, item in read.properties.items():
        found.looked_at.add(name)
        if item is None or item.choices is None or not item.choices.is_respelled:
            continue
        before = found.spelled_as.setdefault(name, item.choices)
        if before is not item.choices:
            return f"The column {name} holds codes of two lists."
        if name in found.literals:
            return f"The column {name} holds codes, and is compared with a text."
        found.spell(name, item.choices)
    return ""


def _take_attributes(draft: Draft) -> None:
    """Order by chance, limits of picks, points, and what a rank ranks."""
    attributes = KINDS[draft.kind].attributes
    words = draft.value("parameters").lower().replace(";", " ").replace(",", " ")
    if "randomize=true" in words.replace(" = ", "=").split():
        if "has_random_order" in attributes:
            draft.values["has_random_order"] = True
        else:
            draft.entry.change("Its choices stand in the order written.")
    for column in ("at_most", "total"):
        if column in attributes:
            draft.values[column] = draft.number(column)
    picked = draft.value("picks_from")
    if picked and "picks_from" in attributes:
        source = draft.form.known.items.get(picked)
        if source is None:
            draft.entry.refuse(*draft.form.known.why_not(picked))
        else:
            draft.values["picks_from"] = source.name


def limits_of(draft: Draft) -> str:
    """What the writer puts in front of a constraint for other programs."""
    return limits.said("", "", draft.values.get("at_most", 0))
