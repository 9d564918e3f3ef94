"""A report about the hand-made tables: labels for everything they name."""

from __future__ import annotations

from datetime import date

from analysis.disclosure import Publication
from analysis.package import Item
from analysis.package.contents import codebook_of
from analysis.report import About
from tests.charts import examples as words
from tests.disclosure import examples

SATISFACTION = examples.SATISFACTION
FREQUENT = ("very_well", "well", "partly", "badly", "not_at_all")
ITEMS = (
    *(
        Item(
            f"q04_{field}",
            "battery",
            field=field,
            role="satisfaction",
            page="q04",
            options=SATISFACTION,
            is_ordinal=True,
        )
        for field in examples.FIELDS
    ),
    Item("q05", "pick", role="pick", page="q05", options=examples.FIELDS),
    Item("q06", "rank", role="rank", page="q06", options=examples.FIELDS),
    Item("q13", "single", field="f5", page="q13", options=FREQUENT, is_ordinal=True),
    Item(
        "q14",
        "multiple",
        field="f5",
        page="q14",
        options=("bulletin", "website", "app", "letter", "notice"),
    ),
    Item(
        "q15",
        "single",
        field="f6",
        page="q15",
        options=("yes", "rather_yes", "rather_no", "no"),
    ),
    Item("d1", "single", page="d", options=("16_24", "25_44", "45_64", "65")),
    Item("d3", "single", page="d", options=("self", "parents", "no")),
    Item("q01", "single", page="q01", options=("yes", "no")),
    Item("q02", "single", page="q02", options=FREQUENT, is_ordinal=True),
)


def about(design: str = "random") -> About:
    """A survey in three languages."""
    texts = {}
    for language in ("de", "en", "ar"):
        texts |= _texts(language)
    book = codebook_of(
        ITEMS, fields=examples.FIELDS, languages=("de", "en", "ar"), texts=texts
    )
    return About(
        survey="example",
        codebook=book,
        design=design,
        package_hash="0" * 64,
        created=date(2026, 10, 5),
        population=46_000 if design != "open" else None,
        invited=800 if design == "random" else None,
        start=date(2026, 9, 1),
        end=date(2026, 9, 30),
    )


def _texts(language: str) -> dict[tuple[str, str, str, str], str]:
    answers = words.CATEGORIES[language]
    fields = dict(zip(examples.FIELDS, words.FIELDS[language], strict=True))
    found = {("", code, "label", language): text for code, text in fields.items()}
    found["", "", "label", language] = words.SUBTITLES[language]
    for item in ITEMS:
        label = fields.get(item.name.removeprefix("q04_"))
        label = label or words.ITEMS[language].get(item.name, f"{item.name}?")
        found[item.name, "", "label", language] = label
        for code in item.options:
            text = fields.get(code) or answers[code]
            found[item.name, code, "label", language] = text
    found["q04", "", "label", language] = words.SUBTITLES[language]
    return found


def publication(design: str = "random") -> Publication:
    """One table of every kind."""
    return Publication(examples.every_kind(design), {"d3": {"parents": "other"}})
