"""What a .lss file holds, put together from its rows: groups, questions, answers.

Plain records without judgement; old and new layout look alike here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from survey.authoring.limesurvey.document import Row


@dataclass(frozen=True, slots=True)
class Said:
    """A wording as the file has it, and the row it stands in."""

    markup: str
    row: Row


Wordings = dict[str, Said]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One setting of a question; ``language`` is empty where it has none."""

    name: str
    value: str
    language: str
    row: Row


@dataclass(slots=True, eq=False)
class Part:
    """A subquestion or an answer of a question; ``scale`` is 0 or 1."""

    row: Row
    id: str
    code: str
    scale: int
    order: int
    words: Wordings = field(default_factory=dict)
    relevance: str = ""


@dataclass(slots=True, eq=False)
class Default:
    """What is filled in beforehand, for a question or one of its subquestions."""

    row: Row
    part: str
    special: str
    values: Wordings = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Asked:
    """One question of LimeSurvey with everything that belongs to it."""

    row: Row
    id: str
    group: str
    code: str
    type: str
    order: int
    words: Wordings = field(default_factory=dict)
    helps: Wordings = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    answers: list[Part] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    defaults: list[Default] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)

    @property
    def has_other(self) -> bool:
        """Whether own words can be given beside the answers."""
        return self.row["other"] == "Y"

    def attribute(self, name: str) -> Attribute | None:
        """The setting of that name, if it says anything."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.value:
                return attribute
        return None

    def value(self, name: str) -> str:
        """The setting's value; empty where there is none."""
        attribute = self.attribute(name)
        return attribute.value if attribute is not None else ""

    def translated(self, name: str) -> Wordings:
        """A setting that has a wording in each language."""
        return {
            attribute.language: Said(attribute.value, attribute.row)
            for attribute in self.attributes
            if attribute.name == name and attribute.language and attribute.value
        }

    def of_scale(self, parts: list[Part], scale: int) -> list[Part]:
        """Subquestions or answers of one of two scales."""
        return [part for part in parts if part.scale == scale]

    def rows(self) -> Iterator[Row]:
        """Every row that belongs to the question, its own first."""
        yield self.row
        for wordings in (self.words, self.helps):
            yield from (said.row for said in wordings.values())
        for part in (*self.parts, *self.answers):
            yield part.row
            yield from (said.row for said in part.words.values())
        yield from (attribute.row for attribute in self.attributes)
        for default in self.defaults:
            yield default.row
            yield from (said.row for said in default.values.values())
        yield from self.conditions


@dataclass(slots=True, eq=False)
class Group:
    """A group of questions."""

    row: Row
    id: str
    order: int
    titles: Wordings = field(default_factory=dict)
    descriptions: Wordings = field(default_factory=dict)
    questions: list[Asked] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """All of it; ``languages`` are our codes, the base language first."""

    id: str
    base: str
    languages: tuple[str, ...]
    titles: Wordings
    groups: list[Group]
    settings: Mapping[str, str]
    date_formats: Mapping[str, str]

    def questions(self) -> Iterator[Asked]:
        """All questions in the order they are asked."""
        for group in self.groups:
            yield from group.questions
