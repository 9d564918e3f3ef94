"""The two ends of a scale: which answers count as favourable; knows no figure."""

from __future__ import annotations

from analysis.charts import Words
from analysis.codebook import Codebook, Item
from analysis.language import Language

ENDS_OF_TWO = 4  # shorter scales have ends of one answer


def favourable(item: Item) -> tuple[str, ...]:
    """The answers that are counted together as favourable, as people saw them.

    Scales list their favourable end first, unless the item is reversed.
    """
    return _end(item, is_first=not item.reversed)


def unfavourable(item: Item) -> tuple[str, ...]:
    """The answers at the other end."""
    return _end(item, is_first=item.reversed)


def _end(item: Item, *, is_first: bool) -> tuple[str, ...]:
    size = 2 if len(item.options) >= ENDS_OF_TWO else 1
    return item.options[:size] if is_first else item.options[-size:]


def scale_of(items: tuple[str, ...], codebook: Codebook) -> Item | None:
    """The item whose scale all items of a table share; ``None`` if they do not."""
    found = [codebook.item(name) for name in items]
    scales = {(item.options, item.reversed, item.is_ordinal) for item in found}
    if len(scales) != 1 or not found[0].is_ordinal:
        return None
    return found[0]


def named(codes: tuple[str, ...], words: Words, language: Language) -> str:
    """What a share of one end counts, in words."""
    labels = [words.category(code) for code in codes]
    if len(labels) == 1:
        text = language.gettext("Share that answered “%(answer)s”")
        return text % {"answer": labels[0]}
    text = language.gettext("Share that answered “%(first)s” or “%(second)s”")
    return text % {"first": labels[0], "second": labels[1]}
