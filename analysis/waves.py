"""Which items of two packages ask the same, and the answers that may stand together.

Holds no count: what changed between waves is for other modules to say, about the
items that can be joined.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.package import AnalysisError, Item, Package

SAME = "same"
WORDING = "wording changed"
SCALE = "scale changed"
ASKED = "asked in other languages"
MISSING = "missing"
STATUSES = (SAME, WORDING, SCALE, ASKED, MISSING)

WAVE = "wave"
WAYS = ("channel", "form_language")
BATTERY = "battery"
LONGEST_TEXT = 60


@dataclass(frozen=True)
class Joined:
    """Answers of several packages to the items that are the same in all of them.

    ``responses`` has one row per person: ``wave``, ``channel``, ``form_language``
    and the columns of ``items``. ``differences`` has one row per package and item
    that was left out: ``first, second, item, status, differs``. ``modes`` are
    sentences about how people came to answer, where that differs.
    """

    responses: pd.DataFrame
    items: tuple[str, ...]
    differences: pd.DataFrame
    modes: tuple[str, ...]


def joinable(first: Package, second: Package) -> pd.DataFrame:
    """Item by item, whether answers of two packages can stand together.

    Parameters
    ----------
    first, second : Package
        Two waves of a survey, or any two packages.

    Returns
    -------
    DataFrame
        Index ``item``: the items of the first, then those only the second has.
        Columns ``status`` (``same``, ``wording changed``, ``scale changed``,
        ``asked in other languages``, ``missing``) and ``differs``: what, in words;
        empty where nothing does.

    Notes
    -----
    An item is the same when its code is, what people read of it (wording hash in
    the default language) and what they can answer (structure hash). Packages
    without hashes, or with other default languages, are compared by their labels
    in a language they share.
    """
    found = {item.name: _compared(item, second, first) for item in first.codebook.items}
    for item in second.codebook.items:
        found.setdefault(item.name, (MISSING, f"only in {names((first, second))[1]}"))
    return pd.DataFrame.from_dict(
        found, orient="index", columns=["status", "differs"]
    ).rename_axis("item")


def modes(first: Package, second: Package) -> tuple[str, ...]:
    """How people came to answer, where it differs: design and channels."""
    one, other = first.design, second.design
    pairs = (
        ("design", one.kind, other.kind),
        ("channels", _listed(one.channels), _listed(other.channels)),
    )
    this, that = names((first, second))
    return tuple(
        f"{name}: {before} in {this}, {after} in {that}"
        for name, before, after in pairs
        if before != after
    )


def join(packages: Sequence[Package]) -> Joined:
    """Put together the answers to all items that are the same everywhere.

    Every package is compared with the first.

    Raises
    ------
    AnalysisError
        Without at least two packages, or when one is given twice.
    """
    if len(packages) < 2:
        raise AnalysisError("Name at least two packages to join.")
    if len({package.hash for package in packages}) < len(packages):
        raise AnalysisError("One of the packages is named twice.")
    first, *others = packages
    tables = [(other, joinable(first, other)) for other in others]
    items = [
        item
        for item in first.codebook.items
        if all(table.loc[item.name, "status"] == SAME for _, table in tables)
    ]
    columns = [*WAYS, *(column for item in items for column in item.columns)]
    return Joined(
        responses=_stacked(packages, columns),
        items=tuple(item.name for item in items),
        differences=_differences(first, tables),
        modes=tuple(said for other in others for said in modes(first, other)),
    )


def _stacked(packages: Sequence[Package], columns: Sequence[str]) -> pd.DataFrame:
    called = names(packages)
    parts = []
    for name, package in zip(called, packages, strict=True):
        part = package.responses[list(columns)].copy()
        wave = pd.Categorical([name] * len(part), categories=called, ordered=True)
        part.insert(0, WAVE, wave)
        parts.append(part)
    data = {
        column: _cells([part[column] for part in parts]) for column in (WAVE, *columns)
    }
    return pd.DataFrame(data)


def _cells(parts: Sequence[pd.Series]) -> pd.Series:
    """The cells of all packages; categories of the first, then any further ones."""
    stacked = pd.concat(parts, ignore_index=True)
    kinds = [part.dtype for part in parts]
    first = kinds[0]
    if not isinstance(first, pd.CategoricalDtype) or all(
        kind == first for kind in kinds
    ):
        return stacked
    every = dict.fromkeys(code for kind in kinds for code in kind.categories)
    return stacked.astype(pd.CategoricalDtype(list(every), ordered=first.ordered))


def names(packages: Sequence[Package]) -> list[str]:
    """What the packages are called; the second of one name gets a number."""
    found: list[str] = []
    for package in packages:
        before = sum(other.name == package.name for other in packages[: len(found)])
        found.append(f"{package.name} ({before + 1})" if before else package.name)
    return found


def _differences(
    first: Package, tables: Sequence[tuple[Package, pd.DataFrame]]
) -> pd.DataFrame:
    called = names([first, *(other for other, _ in tables)])
    rows = [
        {"first": called[0], "second": name, "item": item, **told}
        for name, (_, table) in zip(called[1:], tables, strict=True)
        for item, told in table[table["status"] != SAME].to_dict("index").items()
    ]
    columns = ["first", "second", "item", "status", "differs"]
    return pd.DataFrame(rows, columns=columns)


def _compared(item: Item, package: Package, first: Package) -> tuple[str, str]:
    others = {other.name: other for other in package.codebook.items}
    other = others.get(item.name)
    if other is None:
        return MISSING, f"only in {names((first, package))[0]}"
    scale = list(_of_scale(item, other))
    wording = [*_of_wording(item, other, first, package)]
    wording += _corrected(item.name, first, package)
    asked = list(_of_asking(item, other))
    status = SCALE if scale else WORDING if wording else ASKED if asked else SAME
    return status, "; ".join([*scale, *wording, *asked])


def _of_asking(item: Item, other: Item) -> Iterator[str]:
    """Who met the item, where some languages did not."""
    if set(item.only_in) != set(other.only_in):
        before, after = (
            _listed(found.only_in) if found.only_in else "all languages"
            for found in (item, other)
        )
        yield f"asked in: {before} → {after}"


def _of_scale(item: Item, other: Item) -> Iterator[str]:
    """What can be answered: codes in their order, and what they stand for."""
    pairs = (
        ("kind", item.kind, other.kind),
        ("scale", item.scale or "none", other.scale or "none"),
        ("answers", _listed(item.options), _listed(other.options)),
        ("favourable end", _end(item), _end(other)),
    )
    told = False
    for name, before, after in pairs:
        if before != after:
            told = True
            yield f"{name}: {_cut(before)} → {_cut(after)}"
    is_hashed = bool(item.structure_hash and other.structure_hash)
    if is_hashed and not told and item.structure_hash != other.structure_hash:
        yield "limits, units or ways of not answering"


def _end(item: Item) -> str:
    return "last" if item.reversed else "first"


def _of_wording(
    item: Item, other: Item, first: Package, second: Package
) -> Iterator[str]:
    """What people read, in the language both packages can be compared in."""
    language = _shared_language(first, second)
    is_hashed = bool(item.wording_hash and other.wording_hash) and (
        first.codebook.default_language == second.codebook.default_language
    )
    if is_hashed and item.wording_hash == other.wording_hash:
        return
    if not language and not is_hashed:
        yield "no language in common"
        return
    told = list(_of_labels(item, other, first, second, language=language))
    yield from told
    if is_hashed and not told:
        yield f"words beside the labels ({language})"


def _of_labels(
    item: Item, other: Item, first: Package, second: Package, *, language: str
) -> Iterator[str]:
    places = [("question", _above(item), ""), ("label", item.name, "")]
    codes = [*dict.fromkeys([*item.options, *other.options]), "-3", "-4"]
    places += [(f"answer {code}", item.name, code) for code in codes]
    for name, asked, code in places:
        kinds = ("label",) if code else ("label", "hint")
        for kind in kinds:
            before, after = (
                _read(package.codebook.labels(asked, code, kind, language))
                for package in (first, second)
            )
            is_shared = not code or (code in item.options) == (code in other.options)
            if asked and is_shared and before != after:
                said = name if kind == "label" else f"{name}, hint"
                yield f"{said} ({language}): “{_cut(before)}” → “{_cut(after)}”"


def _above(item: Item) -> str:
    """The question above the rows of a battery, by the names rows usually have."""
    return item.name.rpartition("_")[0] if item.kind == BATTERY else ""


def _corrected(name: str, first: Package, second: Package) -> Iterator[str]:
    """A wording that was corrected in the middle is no one wording."""
    language = _shared_language(first, second)
    both = first, second
    for package, called in zip(both, names(both), strict=True):
        if language in package.reworded().get(name, ()):
            yield f"corrected while {called} was open ({language})"


def _shared_language(first: Package, second: Package) -> str:
    wanted = [
        first.codebook.default_language,
        second.codebook.default_language,
        *first.codebook.languages,
    ]
    shared = {*first.codebook.languages} & {*second.codebook.languages}
    return next((code for code in wanted if code in shared), "")


def _read(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _listed(codes: Sequence[str]) -> str:
    return " ".join(codes) or "none"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
