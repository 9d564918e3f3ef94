"""Writes valid data packages whose opinions differ by group in a known way.

People who immigrated themselves (d3 = self) are clearly less satisfied with
the administration (q04_f5) and pick it more often; nothing depends on d1.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FIELDS = tuple(f"f{place}" for place in range(1, 10))
SATISFACTION = ("very_good", "good", "middling", "bad", "very_bad")
LIKING = ("very_much", "rather", "partly", "rather_not", "not_at_all")
FREQUENCY = ("often", "sometimes", "rarely", "never")
COURSES = ("evening", "childcare", "nearby", "talk", "online", "cheaper", "no_need")
MISSING = ("-1", "-2", "-3", "-4", "-5")
NO_ANSWER_LABELS = (
    "skipped by routing",
    "shown and left empty",
    "don't know",
    "prefer not to say",
    "not reached",
)
ITEM_COLUMNS = [
    "item",
    "kind",
    "scale",
    "field",
    "role",
    "page",
    "multiple",
    "reversed",
    "sensitive",
    "random_order",
    "shown_if",
]
# How satisfied people are with each field, and how urgent they find it.
MEANS = (0.72, 0.55, 0.35, 0.60, 0.58, 0.50, 0.75, 0.42, 0.50)
URGENCY = (0.25, 0.20, 0.60, 0.25, 0.35, 0.15, 0.10, 0.45, 0.20)


@dataclass(frozen=True)
class Line:
    """One line of items.csv with the options of the item."""

    item: str
    kind: str
    options: tuple[str, ...] = ()
    scale: str = ""
    field: str = ""
    role: str = "other"
    page: str = ""
    sensitive: bool = False
    random_order: bool = False
    shown_if: str = ""

    def cells(self):
        """Cells of items.csv in the order of its columns."""
        several = self.kind in ("multiple", "pick", "rank")
        return [
            self.item,
            self.kind,
            self.scale,
            self.field,
            self.role,
            self.page or self.item,
            _truth(several),
            _truth(value=False),
            _truth(self.sensitive),
            _truth(self.random_order),
            self.shown_if,
        ]

    def columns(self):
        """Fields of the schema of responses.csv."""
        if self.kind in ("multiple", "pick"):
            return [
                _column(f"{self.item}__{code}", ("0", "1")) for code in self.options
            ]
        if self.kind == "rank":
            places = ("", *(str(n) for n in range(1, 4)))
            return [_column(f"{self.item}__{code}", places) for code in self.options]
        if self.kind == "text":
            return []
        return [_column(self.item, self.options, ordered=bool(self.scale))]


LINES = (
    Line("q01", "single", ("yes", "works_here", "no")),
    Line("q02", "single", LIKING, scale="liking5", role="satisfaction"),
    *(
        Line(
            f"q04_{field}",
            "battery",
            SATISFACTION,
            scale="satisfaction5",
            field=field,
            role="satisfaction",
            page="q04",
        )
        for field in FIELDS
    ),
    Line("q05", "pick", (*FIELDS, "none"), role="pick", random_order=True),
    Line("q06", "rank", FIELDS, role="rank", shown_if="count-selected(${q05}) >= 2"),
    Line("q07", "multiple", COURSES, field="f1", role="barrier"),
    Line("q19", "single", FREQUENCY, scale="frequency4", field="f9", sensitive=True),
    Line("q23", "text"),
    Line("d1", "single", ("16_24", "25_44", "45_64", "65"), role="demographic"),
    Line("d2", "single", ("female", "male", "diverse"), role="demographic"),
    Line("d3", "single", ("self", "parents", "no"), role="demographic"),
)


def build(
    folder,
    *,
    design="random",
    answers=600,
    population=46_000,
    invited=800,
    seed=1,
    languages=("de", "en"),
    excluded=0,
    lines=LINES,
):
    """Write a package into ``folder`` and return its path.

    ``excluded`` of the answers carry the reason code of a data review. For
    ``open`` nobody was invited; for ``census`` everybody was.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    invited = {"random": invited, "census": population, "open": None}[design]
    channel = "link" if design == "open" else "code"
    people = [
        person(np.random.default_rng((seed, number)), lines, channel, languages)
        for number in range(answers)
    ]
    for row in people[:excluded]:
        row["excluded"] = "identical"
    fields = [column for line in lines for column in line.columns()] + [
        _column(name, ()) for name in ("channel", "form_language", "excluded")
    ]
    names = [field["name"] for field in fields]
    _table(folder, "responses", names, [[row[n] for n in names] for row in people])
    _table(folder, "items", ITEM_COLUMNS, [line.cells() for line in lines])
    _table(
        folder, "fields", ["field", "order"], [[f, n + 1] for n, f in enumerate(FIELDS)]
    )
    _table(
        folder,
        "labels",
        ["item", "category", "kind", "language", "text"],
        _labels(lines, languages),
    )
    _table(
        folder,
        "participation",
        ["channel", "stage", "page", "count"],
        _stages(channel, invited, answers, lines),
    )
    _json(folder, "policy.json", _policy())
    describe(
        folder,
        fields,
        languages,
        {
            "kind": design,
            "population": None if design == "open" else population,
            "invited": invited,
            "channels": [channel],
        },
    )
    return folder


def person(rng, lines, channel, languages):
    """Answers of one simulated person, by column."""
    migrated = rng.choice(["self", "parents", "no"], p=[0.3, 0.15, 0.55])
    picked = _picked(rng, migrated)
    known = {
        "d3": migrated,
        "q01": "yes" if rng.random() < 0.95 else "works_here",
        "d2": rng.choice(["female", "male", "diverse"], p=[0.5, 0.48, 0.02]),
        "q19": rng.choice(FREQUENCY, p=[0.05, 0.15, 0.3, 0.5]),
    }
    reached = len(lines) if rng.random() > 0.06 else int(rng.integers(3, len(lines)))
    row = {
        "channel": channel,
        "form_language": str(rng.choice(languages)),
        "excluded": "",
    }
    for number, line in enumerate(lines):
        cells = _answer(rng, line, known, picked, migrated)
        if number >= reached:
            cells = dict.fromkeys(cells, "-5")
        row.update(cells)
    return row


def _picked(rng, migrated):
    urgency = np.array(URGENCY)
    urgency[4] += 0.5 if migrated == "self" else 0.0
    if rng.random() < 0.04:
        return []
    size = rng.choice([1, 2, 3], p=[0.1, 0.2, 0.7])
    chosen = rng.choice(FIELDS, size, replace=False, p=urgency / urgency.sum())
    return [str(code) for code in chosen]


def _answer(rng, line, known, picked, migrated):
    names = [column["name"] for column in line.columns()]
    if rng.random() < 0.03:
        return dict.fromkeys(names, "-2")
    if line.kind == "pick":
        chosen = picked or ["none"]
        return {f"q05__{code}": str(int(code in chosen)) for code in line.options}
    if line.kind == "rank":
        if len(picked) < 2:
            return dict.fromkeys(names, "-1")
        return {
            f"q06__{code}": str(picked.index(code) + 1) if code in picked else ""
            for code in line.options
        }
    if line.kind == "multiple":
        chosen = ["no_need"] if rng.random() < 0.4 else rng.choice(line.options[:-1], 2)
        return {
            f"{line.item}__{code}": str(int(code in chosen)) for code in line.options
        }
    if line.kind == "text":
        return {}
    if line.scale and rng.random() < 0.05:
        return {line.item: "-3"}
    if line.item in known:
        return {line.item: str(known[line.item])}
    return {line.item: _on_scale(rng, line, migrated)}


def _on_scale(rng, line, migrated):
    if not line.scale:
        return str(rng.choice(line.options))
    mean = MEANS[FIELDS.index(line.field)] if line.field else 0.7
    if line.item == "q04_f5" and migrated == "self":
        mean -= 0.35
    place = rng.binomial(len(line.options) - 1, 1 - mean)
    return line.options[place]


def _truth(value):
    return "true" if value else "false"


def _column(name, categories, *, ordered=False):
    column = {"name": name, "type": "string"}
    if categories:
        column["categories"] = list(categories)
        column["categoriesOrdered"] = ordered
    return column


def _labels(lines, languages):
    for language in languages:
        yield ["", "", "label", language, f"Survey ({language})"]
        for field in FIELDS:
            yield [
                "",
                field,
                "label",
                language,
                f"Field of action {field} ({language})",
            ]
            yield ["", field, "short", language, f"Field {field}"]
        for line in lines:
            yield [
                line.item,
                "",
                "label",
                language,
                f"Question {line.item} ({language})",
            ]
            for option in line.options:
                text = f"Option {option} ({language})"
                yield [line.item, option, "label", language, text]


def _stages(channel, invited, answers, lines):
    if invited:
        yield [channel, "invited", "", invited]
        yield [channel, "undeliverable", "", 10]
    yield [channel, "started", "", answers + 40]
    yield [channel, "completed", "", answers]
    pages = dict.fromkeys(line.page or line.item for line in lines)
    for number, page in enumerate(pages):
        yield [channel, "page", page, answers + max(40 - 5 * number, 0)]


def _policy():
    return {
        "k": 10,
        "group_base": 10,
        "sensitive": ["q19"],
        "groups": ["d1", "d2", "d3"],
        "strata": {},
        "three_way": [],
        "interim": False,
        "privacy_profile": "standard",
    }


def describe(folder, fields, languages, design):
    """Write datapackage.json with the hashes of what lies in the folder."""
    missing = [
        {"value": code, "label": label}
        for code, label in zip(MISSING, NO_ANSWER_LABELS, strict=True)
    ]
    resources = []
    for path in sorted(Path(folder).iterdir()):
        if path.name == "datapackage.json":
            continue
        resource = {"name": path.stem, "path": path.name, "hash": _hash(path)}
        if path.name == "responses.csv":
            resource["schema"] = {"fields": fields, "missingValues": missing}
        resources.append(resource)
    _json(
        folder,
        "datapackage.json",
        {
            "name": "synthetic",
            "version": "1",
            "created": "2026-01-31",
            "survey": "synthetic",
            "wave": "1",
            "edition": "0" * 64,
            "design": design,
            "default_language": languages[0],
            "languages": list(languages),
            "protected": False,
            "resources": resources,
        },
    )


def rehash(folder):
    """Write the hashes anew after a test has changed a file on purpose."""
    path = Path(folder) / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        file = path.with_name(resource["path"])
        if file.is_file():
            resource["hash"] = _hash(file)
    _json(folder, "datapackage.json", descriptor)


def zipped(folder):
    """Pack a package folder and return the path of the zip."""
    folder = Path(folder)
    return Path(shutil.make_archive(str(folder), "zip", folder))


def _hash(path):
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def _json(folder, name, value):
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    (Path(folder) / name).write_text(text, "utf-8")


def _table(folder, name, header, rows):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
