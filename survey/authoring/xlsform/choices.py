"""Choice lists of an XLSForm: codes of our own, and what filters look at.

Knows no question; who uses a list decides whether it is shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from survey.authoring.naming import Naming
from survey.authoring.xlsform import headers, wording
from survey.authoring.xlsform.headers import CHOICE_COLUMNS
from survey.authoring.xlsform.ledger import Entry
from survey.authoring.xlsform.records import Record, Table
from survey.questionnaire.rules.rule import is_usable_name

EXTERNAL = "external_choices"
Cleaning = Callable[[Entry, Mapping[str, str]], dict[str, str]]
_CODES = "Its code is written with small letters, digits and single _ here."


@dataclass(slots=True)
class Choice:
    """One choice; ``original`` is the author's code, ``code`` ours."""

    entry: Entry
    original: str
    texts: Mapping[str, str]
    code: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    exclusive: bool = False
    pictogram: str = ""
    field_of_action: str = ""
    has_words_of_field: bool = False


@dataclass(slots=True)
class ChoiceList:
    """The choices of one list in order; ``codes`` maps original → ours.

    One original code stands for several of ours where it was written twice.
    """

    name: str
    choices: list[Choice] = field(default_factory=list)
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_shared: bool = False
    columns: tuple[str, ...] = ()
    looked_at: set[str] = field(default_factory=set)
    literals: set[str] = field(default_factory=set)
    spelled_as: dict[str, ChoiceList] = field(default_factory=dict)
    _spelled: set[str] = field(default_factory=set)
    _usable: list[Choice] = field(default_factory=list)

    @property
    def is_respelled(self) -> bool:
        """Whether any code is written otherwise than its author did."""
        return any(ours != (original,) for original, ours in self.codes.items())

    def spell(self, name: str, other: ChoiceList) -> None:
        """Write a property's values, codes of another list, as they are spelled there.

        Where that code was written twice, the twin that fits in all else is meant.
        """
        if name in self._spelled:
            return
        self._spelled.add(name)
        for choice in self.choices:
            value = choice.properties.get(name, "")
            ours = other.codes.get(value, ())
            if len(ours) > 1:
                fitting = [own for own in other.usable() if own.original == value]
                ours = tuple(own.code for own in fitting if _fits(own, choice)) or ours
            if ours:
                choice.properties[name] = ours[0]

    def settle(self) -> None:
        """Keep what can be chosen, once every choice has its code."""
        self._usable = [c for c in self.choices if not c.entry.is_refused]

    def usable(self) -> list[Choice]:
        """Choices that were not refused when the list was read."""
        return self._usable


def lists_of(
    records: Iterable[tuple[Table, Record]], source: str, cleaned: Cleaning
) -> dict[str, ChoiceList]:
    """All lists by the name their author gave them; ``source`` is a language."""
    found: dict[str, ChoiceList] = {}
    columns: dict[str, dict[str, None]] = {}
    for table, record in records:
        name = name_of(record.value("list_name"), table)
        if _is_left_out(record, source):
            continue
        own = found.setdefault(name, ChoiceList(name))
        own.is_shared = own.is_shared or record.flag("shared")
        own.choices.append(_choice(record, table, cleaned))
        columns.setdefault(name, {}).update(dict.fromkeys(own.choices[-1].properties))
    for name, own in found.items():
        own.columns = tuple(columns[name])
        _give_codes(own)
    return found


def name_of(name: str, table: Table) -> str:
    """A list's name; lists of external_choices have a room of their own."""
    title = table.sheet.name.strip().casefold().replace(" ", "_")
    return f"{name} ({EXTERNAL})" if title == EXTERNAL else name


def _is_left_out(record: Record, source: str) -> bool:
    entry = record.entry
    if not record.value("list_name"):
        entry.refuse("It names no list.", "Write the list's name into list_name.")
    elif not record.value("name"):
        entry.refuse("The choice has no name.", "Write its code into name.")
    elif not record.flag("words_of_field"):
        label = record.texts.get("label", {})
        if source not in label:
            reason = f"The choice has no label in {source} that could be read."
            entry.refuse(reason, "Write one: the others are translations of it.")
        elif len(label[source]) > wording.LONGEST:
            reason = f"The label has more than {wording.LONGEST} characters."
            entry.refuse(reason, "Make it shorter.")
    return entry.is_refused


def _choice(record: Record, table: Table, cleaned: Cleaning) -> Choice:
    texts = record.texts
    for part in ("audio", "video"):
        if texts.get(part):
            record.entry.change(f"Its {part} is not taken.")
    properties = {
        headers.property_of(heading): record.unnamed[heading.text]
        for heading in table.headings
        if heading.field not in CHOICE_COLUMNS and heading.text in record.unnamed
    }
    return Choice(
        record.entry,
        record.value("name"),
        cleaned(record.entry, texts.get("label", {})),
        properties=properties,
        raw=dict(properties),
        exclusive=record.flag("exclusive"),
        pictogram=next(iter(texts.get("image", {}).values()), ""),
        field_of_action=record.value("field_of_action"),
        has_words_of_field=record.flag("words_of_field"),
    )


def _give_codes(own: ChoiceList) -> None:
    """Codes that can be stored, each once; twins are told apart by a property."""
    groups: dict[str, list[Choice]] = {}
    for choice in own.choices:
        groups.setdefault(choice.original, []).append(choice)
    wanted: list[tuple[Choice, str]] = []
    for original, twins in groups.items():
        kept = _without_repeats(original, twins, own.name)
        groups[original] = kept
        wanted += zip(kept, _told_apart(kept), strict=True)
    naming = Naming(taken=())
    # those that can stay come first, so that no other takes their place
    for choice, name in sorted(wanted, key=lambda pair: not is_usable_name(pair[1])):
        choice.code = naming.another(name, otherwise="c")
        _note_code(choice, name)
    own.settle()
    for original, kept in groups.items():
        own.codes[original] = tuple(choice.code for choice in kept)


def _without_repeats(original: str, twins: list[Choice], name: str) -> list[Choice]:
    """Choices of one code; what stands there twice alike is refused."""
    kept: list[Choice] = []
    for choice in twins:
        if any(_is_same(choice, other) for other in kept):
            reason = f"The choice {original} stands in the list {name} twice."
            choice.entry.refuse(reason, "Leave one of the two out.")
        else:
            kept.append(choice)
    return kept


def _fits(one: Choice, other: Choice) -> bool:
    """Whether two choices agree in every property that both have."""
    shared = one.raw.keys() & other.raw.keys()
    return all(one.raw[name] == other.raw[name] for name in shared)


def _is_same(one: Choice, other: Choice) -> bool:
    return one.texts == other.texts and one.properties == other.properties


def _told_apart(twins: list[Choice]) -> Iterator[str]:
    """Names that differ: with the value of the first property that does."""
    if len(twins) == 1:
        yield twins[0].original
        return
    names = dict.fromkeys(name for twin in twins for name in twin.properties)
    for name in names:
        values = [twin.properties.get(name, "") for twin in twins]
        if len(set(values)) == len(values):
            for twin, value in zip(twins, values, strict=True):
                yield f"{twin.original}_{value}" if value else twin.original
            return
    for number, twin in enumerate(twins, start=1):
        yield twin.original if number == 1 else f"{twin.original}_{number}"


def _note_code(choice: Choice, wanted: str) -> None:
    if wanted != choice.original:
        reason = f"Its code is {choice.code}, as the list has {choice.original} twice."
        choice.entry.change(reason)
    elif choice.code != choice.original:
        choice.entry.change(_CODES)
