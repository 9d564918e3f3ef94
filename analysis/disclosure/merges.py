"""Which small groups are shown together. Must know sizes only, never an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping

OTHER = "other"


def merge(
    sizes: Mapping[str, int],
    base: int,
    *,
    never_alone: Collection[str] = (),
) -> dict[str, str]:
    """Return for every group the group it is shown as.

    Groups under the base are shown together as ``other``; if these are still too few,
    the smallest group that would be shown joins them (of equal ones the last).

    Parameters
    ----------
    sizes : mapping
        Unrounded answers per group, in the order of the codebook.
    base : int
        Smallest size of a group that is shown.
    never_alone : collection
        Groups that are never shown on their own, whatever their size.

    Examples
    --------
    >>> merge({"a": 40, "b": 25, "c": 6, "d": 5}, 10)
    {'a': 'a', 'b': 'b', 'c': 'other', 'd': 'other'}
    >>> merge({"a": 40, "b": 25, "c": 6}, 10)
    {'a': 'a', 'b': 'other', 'c': 'other'}
    """
    small = {
        code
        for code, size in sizes.items()
        if size < base or code in never_alone or code == OTHER
    }
    rest = sum(sizes[code] for code in small)
    shown = [code for code in sizes if code not in small]
    if 0 < rest < base and shown:
        joins = min(reversed(shown), key=lambda code: sizes[code])
        small.add(joins)
        shown.remove(joins)
    return {code: OTHER if code in small else code for code in sizes}
