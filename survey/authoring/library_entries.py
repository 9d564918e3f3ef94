"""What the library holds, entry by entry, for people who choose from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey.authoring import library, shipped
from survey.authoring.toml_writer import Writer
from survey.questionnaire import texts
from survey.questionnaire.model import Questionnaire

FIELD = "field"


@dataclass(frozen=True)
class Entry:
    """One question or field of action; ``kind`` is that of the question, or field.

    ``words`` stand in the language the library is written in, ``languages`` are
    those that have every text of it. ``header`` is the table it is taken into, and
    ``toml`` writes it out.
    """

    name: str
    kind: str
    words: str
    languages: tuple[str, ...]
    header: str
    toml: str


def entries() -> Iterator[Entry]:
    """Fields of action first, then questions, as the library orders them."""
    whole = shipped.in_every_language(library.NAME)
    said = whole.texts[whole.source_language]
    only_source = replace(whole, texts={whole.source_language: said})
    for field in whole.fields:
        own = replace(whole, fields=(field,), pages=())
        yield Entry(
            name=field.code,
            kind=FIELD,
            words=said[f"field.{field.code}.label"],
            languages=_languages(own),
            header="[[fields]]",
            toml="\n".join(Writer(only_source).field(field)),
        )
    for page in whole.pages:
        [question] = page.questions
        own = replace(whole, fields=(), pages=(page,))
        yield Entry(
            name=question.name,
            kind=question.kind,
            words=said[question.key("label")],
            languages=_languages(own),
            header="[[pages.questions]]",
            toml="\n".join(Writer(only_source).question(question)),
        )


def _languages(own: Questionnaire) -> tuple[str, ...]:
    keys = {entry.key for entry in texts.text_keys(own)} - {"title"}
    return tuple(code for code, said in own.texts.items() if keys <= said.keys())
