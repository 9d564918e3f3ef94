"""A questionnaire → a TOML file that reads back as the same questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from survey.authoring.toml_reader import FLAGS, KNOWN_SLOTS, NUMBERS, TEXTS
from survey.questionnaire.model import (
    FieldOfAction,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SETTING_NAMES = (
    "privacy_profile",
    "groups",
    "three_way",
    "language_groups",
    "group_base",
    "interim",
    "release_hour",
    "review_rules",
)


def quoted(text: str) -> str:
    """A TOML string on one line."""
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\u{code:04X}" if code < 32 or code == 127 else character


def value(thing: object) -> str:
    """A TOML value: text, flag, number, list of texts or table of texts."""
    if isinstance(thing, dict):
        pairs = (f"{quoted(name)} = {quoted(text)}" for name, text in thing.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(thing, bool):
        return "true" if thing else "false"
    if isinstance(thing, int):
        return str(thing)
    if isinstance(thing, tuple):
        return f"[{', '.join(quoted(str(part)) for part in thing)}]"
    return quoted(str(thing))


class Writer:
    """Writes one questionnaire, line by line."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.source = questionnaire.source_language
        self.questions = {q.name: q for q in questionnaire.questions()}

    def lines(self) -> Iterator[str]:
        """The whole file."""
        questionnaire = self.questionnaire
        yield f"name = {quoted(questionnaire.name)}"
        yield f"language = {quoted(self.source)}"
        yield from self.words("title", "title")
        if questionnaire.screened_out_if:
            yield f"screened_out_if = {quoted(questionnaire.screened_out_if)}"
        if questionnaire.cross_cutting:
            yield from self.themes(questionnaire.cross_cutting)
        yield from _settings(questionnaire.settings)
        for field in questionnaire.fields:
            yield from ("", "[[fields]]")
            yield from self.field(field)
        for shared in questionnaire.lists:
            yield from ("", "[[lists]]", f"name = {quoted(shared.name)}")
            yield from self.options(shared.options)
        for page in questionnaire.pages:
            yield from self.page(page)

    def field(self, field: FieldOfAction) -> Iterator[str]:
        """One field of action."""
        yield f"code = {quoted(field.code)}"
        yield from self.words("label", f"field.{field.code}.label")
        yield from self.words("short", f"field.{field.code}.short")

    def wording(self, key: str) -> str:
        """A text in the source language, or a table by language; empty if none."""
        found = {
            language: own[key]
            for language, own in self.questionnaire.texts.items()
            if own.get(key)
        }
        if not found:
            return ""
        if list(found) == [self.source]:
            return quoted(found[self.source])
        first = [code for code in found if code == self.source]
        order = first + sorted(code for code in found if code != self.source)
        return f"{{ {', '.join(f'{c} = {quoted(found[c])}' for c in order)} }}"

    def words(self, key: str, text_key: str) -> Iterator[str]:
        """One line with a wording, if there is one."""
        wording = self.wording(text_key)
        if wording:
            yield f"{key} = {wording}"

    def themes(self, codes: tuple[str, ...]) -> Iterator[str]:
        """The cross-cutting themes."""
        yield "cross_cutting = ["
        for code in codes:
            yield self.entry({"code": code}, f"cross_cutting.{code}.label")
        yield "]"

    def entry(self, parts: Mapping[str, object], text_key: str) -> str:
        """One element of a list of tables, on a line of its own."""
        pairs = [f"{key} = {value(part)}" for key, part in parts.items()]
        wording = self.wording(text_key)
        if wording:
            pairs.insert(1, f"label = {wording}")
        return f"  {{ {', '.join(pairs)} }},"

    def page(self, page: Page) -> Iterator[str]:
        """One page with its questions."""
        yield from ("", "[[pages]]", f"name = {quoted(page.name)}")
        yield f"part = {quoted(page.part)}"
        if page.has_title:
            yield from self.words("title", page.key("title"))
        if page.has_hint:
            yield from self.words("hint", page.key("hint"))
        if page.constraint:
            yield f"constraint = {quoted(page.constraint)}"
        if page.has_constraint_message:
            key = "constraint_message"
            yield from self.words(key, page.key(key))
        for question in page.questions:
            yield from ("", "[[pages.questions]]")
            yield from self.question(question)

    def question(self, question: Question) -> Iterator[str]:
        """One question."""
        yield f"name = {quoted(question.name)}"
        yield f"kind = {quoted(question.kind)}"
        yield from self.words("label", question.key("label"))
        if question.has_hint:
            yield from self.words("hint", question.key("hint"))
        yield from _attributes(question)
        for key, is_offered in (
            ("dont_know", question.has_dont_know),
            ("prefer_not", question.has_prefer_not),
            ("other", question.has_other),
        ):
            if is_offered:
                yield f"{key} = {self.wording(question.key(key)) or 'true'}"
        if question.has_constraint_message:
            yield from self.words(
                "constraint_message", question.key("constraint_message")
            )
        if question.has_audio:
            yield from self.words("audio", question.key("audio"))
        if question.rows:
            yield "rows = ["
            yield from (self.row(question, row) for row in question.rows)
            yield "]"
        if question.options_from:
            return
        if question.options and question.options != self.inherited(question):
            yield from self.options(question.options)

    def options(self, options: tuple[Option, ...]) -> Iterator[str]:
        """A list of options, one on a line."""
        yield "options = ["
        yield from (self.option(option) for option in options)
        yield "]"

    def inherited(self, question: Question) -> tuple[Option, ...]:
        """The options a rank takes over when it writes none."""
        source = self.questions.get(question.picks_from)
        return tuple(o for o in source.options if not o.exclusive) if source else ()

    def row(self, question: Question, row: Row) -> str:
        """One row of a battery; a field's code alone where nothing is added."""
        code = row.field_of_action
        if code and row == Row(f"{question.name}_{code}", f"field.{code}.label", code):
            return f"  {quoted(code)},"
        parts = {"name": row.name} | ({"field": code} if code else {})
        return self.entry(parts, row.text)

    def option(self, option: Option) -> str:
        """One option; a field's code alone where nothing is added."""
        if option == Option(option.code, f"field.{option.code}.label"):
            return f"  {quoted(option.code)},"
        parts: dict[str, object] = {"code": option.code}
        if option.exclusive:
            parts["exclusive"] = True
        if option.properties:
            parts["properties"] = dict(option.properties)
        if option.pictogram:
            parts["pictogram"] = option.pictogram
        return self.entry(parts, option.text)


def _attributes(question: Question) -> Iterator[str]:
    plain = {
        "field": question.field_of_action,
        "cross_cutting": question.cross_cutting,
        "role": "" if question.role == "other" else question.role,
        "picks_from": question.picks_from,
        "options_from": question.options_from,
        "least": question.least,
        "most": question.most,
    }
    own = {key: getattr(question, key) for key in (*TEXTS, *NUMBERS)}
    flags = {key: getattr(question, attribute) for key, attribute in FLAGS.items()}
    for key, part in {**plain, **own, **flags}.items():
        if part:
            yield f"{key} = {value(part)}"


def _settings(settings: SurveySettings) -> Iterator[str]:
    if settings == SurveySettings():
        return
    yield from ("", "[settings]")
    known = {key: settings.slots[key] for key in KNOWN_SLOTS if key in settings.slots}
    own = {key: text for key, text in settings.slots.items() if key not in known}
    for key, text in known.items():
        yield f"{key} = {quoted(text)}"
    defaults = SurveySettings()
    for name in _SETTING_NAMES:
        if getattr(settings, name) != getattr(defaults, name):
            yield f"{name} = {value(getattr(settings, name))}"
    if own:
        yield from ("", "[settings.slots]")
        yield from (f"{quoted(key)} = {quoted(text)}" for key, text in own.items())


def write(questionnaire: Questionnaire) -> str:
    """The file's text; every translation stands beside its source."""
    return "\n".join(Writer(questionnaire).lines()) + "\n"
