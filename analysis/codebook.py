"""Items, categories, kinds of no answer, fields of action; knows no figure."""

from __future__ import annotations

from analysis.package import NO_ANSWER, SEPARATOR, Codebook, Item
from analysis.package.contents import codebook_of

__all__ = [
    "NO_ANSWER",
    "SEPARATOR",
    "Codebook",
    "Item",
    "codebook_of",
    "field_items",
    "pick_item",
]


def field_items(codebook: Codebook, role: str = "satisfaction") -> dict[str, Item]:
    """The item of a role that belongs to each field of action.

    Of several items of one role and field the first counts; a field without
    one is left out.

    Examples
    --------
    >>> row = Item("q04_f1", "battery", field="f1", role="satisfaction")
    >>> book = codebook_of([row], fields=["f1", "f2"])
    >>> {field: item.name for field, item in field_items(book).items()}
    {'f1': 'q04_f1'}
    """
    found: dict[str, Item] = {}
    for item in codebook.items_of_role(role):
        found.setdefault(item.field, item)
    return {field: found[field] for field in codebook.fields if field in found}


def pick_item(codebook: Codebook) -> Item | None:
    """The first item of role ``pick`` that offers fields of action, if any."""
    fields = set(codebook.fields)
    for item in codebook.items_of_role("pick"):
        if fields & set(item.options):
            return item
    return None
