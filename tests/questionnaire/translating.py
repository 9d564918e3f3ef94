"""A questionnaire of five texts with translations, and rules made up for it."""

from __future__ import annotations

import re
from dataclasses import replace

from survey.questionnaire.glossary import Glossary, Term
from survey.questionnaire.language_rules import LanguageRules, Pattern, Patterns
from survey.questionnaire.model import Option, Page, Question, Questionnaire
from survey.questionnaire.translation import Mark, Translated, fingerprint

SOURCE = {
    "title": "Leben in {place}",
    "bus.label": "Wie oft fahren Sie Bus?",
    "bus.option.daily": "Täglich",
    "bus.option.never": "Nie",
    "idea.label": "Was ist Ihre Idee?",
}
ARABIC = {
    "title": "الحياة في {place}",
    "bus.label": "كم مرة يتم استخدام الحافلة؟",
    "bus.option.daily": "كل يوم",
    "bus.option.never": "أبدًا",
    "idea.label": "ما الفكرة؟",
}
UKRAINIAN = {
    "title": "Життя в {place}",
    "bus.label": "Як часто Ви їздите автобусом?",
    "bus.option.daily": "Щодня",
    "bus.option.never": "Ніколи",
    "idea.label": "Яка Ваша ідея?",
}
ANY = LanguageRules("ar")
RULES = LanguageRules(
    "ar",
    script="ARABIC",
    letters=Patterns((Pattern(re.compile(r"\?"), "question mark instead of ؟"),)),
    glossary=Glossary((Term(("Idee",), ("فكرة",)),)),
    same=frozenset({"Facebook"}),
    damage=lambda text: "letters were lost" if "????" in text else "",
    undrawable=lambda text: "“\u1230”" if "\u1230" in text else "",
)


def ask(source=SOURCE, **languages) -> Questionnaire:
    """Two questions, in German and whatever else is given."""
    daily = Option("daily", "bus.option.daily")
    never = Option("never", "bus.option.never")
    bus = Question("bus", "single", options=(daily, never))
    idea = Question("idea", "text", longest=100)
    return Questionnaire(
        name="bus",
        source_language="de",
        fields=(),
        pages=(Page("bus", (bus,)), Page("idea", (idea,))),
        texts={"de": source, **languages},
    )


def changed(**texts) -> dict[str, str]:
    """The source texts, some of them written anew; _ stands for a dot."""
    return {**SOURCE, **{key.replace("_", "."): words for key, words in texts.items()}}


def mark(state: str, source: str, **parts) -> Mark:
    """A mark of a translation that was made for a source text."""
    return Mark(state, fingerprint(source), source, **parts)


def translated(questionnaire: Questionnaire, **marks) -> Translated:
    """With marks by language."""
    return Translated(questionnaire, marks)


def without(texts: dict[str, str], *keys: str) -> dict[str, str]:
    """Some texts left out."""
    return {key: words for key, words in texts.items() if key not in keys}


def rules(**parts) -> LanguageRules:
    """The rules with some parts replaced."""
    return replace(RULES, **parts)
