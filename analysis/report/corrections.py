"""What a reader is told of wordings that were corrected while people answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel import Locale
from babel.lists import format_list

from analysis.codebook import Item
from analysis.language import Language
from analysis.report.about import About
from analysis.report.phrases import Phrases
from analysis.report.plain import plain

MOST_NAMED = 8
BATTERY = "battery"


def corrections(about: About, language: Language) -> Iterator[str]:
    """One sentence that names the questions, or counts them where they are many."""
    phrases = Phrases(language)
    named = _named(about, language)
    if len(named) > MOST_NAMED:
        text = language.ngettext(
            "%(count)s question was reworded while the survey was open.",
            "%(count)s questions were reworded while the survey was open.",
            len(named),
        )
        yield text % {"count": phrases.count(len(named))}
    elif named:
        parts = [
            phrases.detailed(question, _spoken(spoken, language))
            for question, spoken in named.items()
        ]
        text = language.gettext("Reworded while the survey was open: %(questions)s")
        yield text % {"questions": phrases.listed(parts)}


def _named(about: About, language: Language) -> dict[str, list[str]]:
    """Questions in words with the languages they were corrected in, in order."""
    found: dict[str, dict[str, None]] = {}
    for item in about.codebook.items:
        if item.name in about.reworded:
            spoken = found.setdefault(_subject(item, about, language), {})
            spoken.update(dict.fromkeys(about.reworded[item.name]))
    return {question: list(spoken) for question, spoken in found.items()}


def _spoken(codes: Sequence[str], language: Language) -> str:
    """Languages by their names in the reader's own."""
    names = Locale.parse(language.babel).languages
    found = [str(names.get(code, code)) for code in codes]
    return format_list(found, locale=language.babel)


def _subject(item: Item, about: About, language: Language) -> str:
    """A question as asked; of a battery the question above, if all rows changed."""
    above = item.name.rpartition("_")[0] if item.kind == BATTERY else ""
    rows = [row.name for row in about.codebook.items if row.page == item.page]
    is_whole = bool(above) and all(name in about.reworded for name in rows)
    names = (above, item.name) if is_whole else (item.name,)
    labels = about.codebook.labels
    texts = (plain(labels(name, "", "label", language.code)) for name in names)
    return next((text for text in texts if text), item.name)
