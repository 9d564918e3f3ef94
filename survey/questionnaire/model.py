"""What a questionnaire is: fields of action, pages, questions, options.

Knows nothing of files, requests, storage or how a page looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_ANSWER = ("-1", "-2", "-3", "-4", "-5")
SKIPPED, LEFT_EMPTY, DONT_KNOW, PREFER_NOT, NOT_REACHED = NO_ANSWER

ROLES = (
    "satisfaction",
    "importance",
    "pick",
    "rank",
    "points",
    "barrier",
    "experience",
    "demographic",
    "measure",
    "other",
)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen.

    ``code`` is what is stored; ``text`` is the key of its wording, so several
    questions can share the wording of one list. An ``exclusive`` option stands
    alone ("none of these"). ``properties`` (name, value) are what a choice
    filter looks at; ``pictogram`` names an image file shown beside the words.
    """

    code: str
    text: str
    exclusive: bool = False
    properties: tuple[tuple[str, str], ...] = ()
    pictogram: str = ""


@dataclass(frozen=True, slots=True)
class OptionList:
    """Options that several questions share; texts ``list.<name>.<code>``."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or sound of an edition: its name there, and that of the frozen file."""

    name: str
    file: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a battery; an item of its own in the results."""

    name: str
    text: str
    field_of_action: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Which of the attributes apply is decided by its kind.

    ``shown_if``, ``constraint`` (``.`` is the answer), ``calculation``,
    ``choice_filter`` (bare words are properties of an option), ``default_from``
    and the questionnaire's ``screened_out_if`` are sources of expressions;
    ``default`` is a literal answer (codes with spaces between, a number, a text,
    a day) that is filled in before somebody answers. ``options_from`` names the
    shared list that ``options`` were taken from; ``picks_from`` the question
    whose chosen options a rank question offers. ``at_most`` limits picks and
    ranks; ``longest`` a text in characters; ``least``, ``most`` (decimal
    numbers, or days as YYYY-MM-DD; inclusive) and ``decimals`` a number or date;
    ``total`` the points to give away; ``precision`` of a date is day, month or
    year. ``is_asked_where_translated``: left out in languages that lack it;
    ``only_in`` are the languages that have it, and ``looks_at_own_words`` says
    that a calculation must not become a column; both are known once the edition
    is frozen.
    """

    name: str
    kind: str
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    field_of_action: str = ""
    cross_cutting: tuple[str, ...] = ()
    role: str = "other"
    scale: str = ""
    shown_if: str = ""
    picks_from: str = ""
    at_most: int = 0
    longest: int = 0
    has_hint: bool = False
    has_dont_know: bool = False
    has_prefer_not: bool = False
    is_sensitive: bool = False
    is_reversed: bool = False
    has_random_order: bool = False
    options_from: str = ""
    choice_filter: str = ""
    constraint: str = ""
    has_constraint_message: bool = False
    calculation: str = ""
    default: str = ""
    default_from: str = ""
    least: str = ""
    most: str = ""
    decimals: int = 0
    total: int = 0
    precision: str = ""
    has_other: bool = False
    pictogram: str = ""
    has_audio: bool = False
    is_asked_where_translated: bool = False
    only_in: tuple[str, ...] = ()
    looks_at_own_words: bool = False

    def __hash__(self) -> int:
        """Of its name: what is prepared once per question is looked up all the time."""
        return hash(self.name)

    def is_asked_in(self, language: str) -> bool:
        """Whether people of a language meet it; known once the edition is frozen."""
        return not self.only_in or language in self.only_in

    def key(self, part: str) -> str:
        """Key of one of the question's own texts.

        ``label``, ``hint``, ``dont_know``, ``prefer_not``, ``other``,
        ``constraint_message``, ``audio`` (the name of a sound file).
        """
        return f"{self.name}.{part}"


@dataclass(frozen=True, slots=True)
class Page:
    """Questions that are shown together; ``part`` is ``core`` or ``more``.

    A page of several questions has a heading of its own, under the text key
    ``page.<name>.title``, and may have words below it, ``page.<name>.hint``.
    ``constraint`` is what its answers must fulfil together: an expression that
    looks at this page and those before, once one of its items here was answered.
    """

    name: str
    questions: tuple[Question, ...]
    part: str = "core"
    has_title: bool = False
    has_hint: bool = False
    constraint: str = ""
    has_constraint_message: bool = False

    def key(self, part: str) -> str:
        """Key of one of the page's own texts.

        ``title``, ``hint``, ``constraint_message``.
        """
        return f"page.{self.name}.{part}"


@dataclass(frozen=True, slots=True)
class FieldOfAction:
    """An exclusive theme (*Handlungsfeld*); texts ``field.<code>.label|short``."""

    code: str


@dataclass(frozen=True, slots=True)
class SurveySettings:
    """The table ``[settings]`` of a questionnaire file.

    ``slots`` (place, help_address, …) are shown on pages and frozen into the
    edition; the rest is frozen into ``policy.json`` when the survey opens.
    ``groups`` names the released group variables; ``three_way`` three of them by
    which people are counted together; ``language_groups`` those form languages
    that may be stored apart under the standard profile.
    """

    slots: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    privacy_profile: str = "standard"
    groups: tuple[str, ...] = ()
    three_way: tuple[str, ...] = ()
    language_groups: tuple[str, ...] = ()
    group_base: int = 10
    interim: bool = False
    release_hour: int = 3
    review_rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What is written and translated; can still change.

    ``texts`` maps language → text key → wording; ``source_language`` is the
    one the others are translated from. The last page of part ``core`` is
    followed by the fork ("send now" or "a few more questions") when there are
    pages of part ``more``. ``lists`` are the options that questions share;
    ``media`` the files its pictograms and sounds were frozen as.
    """

    name: str
    source_language: str
    fields: tuple[FieldOfAction, ...]
    pages: tuple[Page, ...]
    texts: Mapping[str, Mapping[str, str]]
    cross_cutting: tuple[str, ...] = ()
    screened_out_if: str = ""
    settings: SurveySettings = field(default_factory=SurveySettings)
    lists: tuple[OptionList, ...] = ()
    media: tuple[Medium, ...] = ()

    def questions(self) -> Iterator[Question]:
        """All questions in the order of the pages."""
        for page in self.pages:
            yield from page.questions

    def question(self, name: str) -> Question:
        """The question of that name; ``KeyError`` when there is none."""
        for question in self.questions():
            if question.name == name:
                return question
        raise KeyError(name)
