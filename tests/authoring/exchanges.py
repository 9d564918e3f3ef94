"""Files for translators in these tests, and a questionnaire that changes meanwhile."""

from __future__ import annotations

from dataclasses import replace

from survey.authoring.exchange import Entry, Exchange, going_out
from survey.language.registry import Language, registry
from survey.questionnaire.language_status import status
from survey.questionnaire.translation import Translated, texts_of
from tests.questionnaire.translating import (
    ANY,
    ARABIC,
    SOURCE,
    ask,
    changed,
    mark,
    translated,
)

SLUG = "umfrage"


def language(code: str) -> Language:
    return registry().described(code)


def sent(whole: Translated, code: str = "ar", **parts: object) -> Exchange:
    """What goes out of a questionnaire."""
    rules = replace(ANY, language=code)
    texts = tuple(texts_of(whole, code))
    return replace(going_out(SLUG, whole.questionnaire, texts, rules), **parts)


def open_texts(whole: Translated, code: str = "ar") -> tuple[str, ...]:
    return tuple(text.key for text in status(whole, code, ANY).open_texts())


def edited(exchange: Exchange, *, state: str = "", **words: str) -> Exchange:
    """The file with some translations written; ``_`` stands for a dot."""
    new = {key.replace("_", "."): text for key, text in words.items()}
    entries = tuple(
        replace(entry, target=new[entry.key], state=state or entry.state)
        if entry.key in new
        else entry
        for entry in exchange.entries
    )
    return replace(exchange, entries=entries)


def entry(exchange: Exchange, key: str) -> Entry:
    [found] = [one for one in exchange.entries if one.key == key]
    return found


def mixed() -> Translated:
    """One text in each state, with a slot, marks of writing and dangerous starts."""
    source = changed(
        title="Leben in {place} & <Umgebung>",
        bus_option_never="=1+1",
        idea_label="Was ist Ihre Idee?\nEin Satz genügt.",
    )
    own = {**ARABIC, "title": "الحياة في {place} & <ما حولها>"}
    del own["bus.option.never"]
    marks = {
        "title": mark("translated", source["title"]),
        "bus.label": mark("reviewed", SOURCE["bus.label"], reviewed_by="Amal"),
        "bus.option.daily": mark("machine_draft", SOURCE["bus.option.daily"]),
        "idea.label": mark("translated", SOURCE["idea.label"]),
    }
    return translated(ask(source, ar=own), ar=marks)


MIXED_STATES = {
    "title": "translated",
    "bus.label": "reviewed",
    "bus.option.daily": "machine_draft",
    "bus.option.never": "missing",
    "idea.label": "outdated",
}
