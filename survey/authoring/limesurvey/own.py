"""What LimeSurvey cannot say, kept in attributes of our own name, out and in.

An edit made in LimeSurvey wins: each value stands beside a digest of what the
file said when it was written, and is taken only while it still says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.authoring.limesurvey.structure import Asked, Attribute

NAME = "vielstimmig"
TEXTS = "vielstimmig_texts"
# LimeSurvey's values are as long as a text of its database.
LONGEST_VALUE = 16_000
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_EQUATIONS = ("relevance", "constraint", "calculation", "default", "filter", "together")

Change = tuple[str, Any]  # digest of what was said, and what is meant


@dataclass(slots=True)
class Own:
    """What one question carries; ``texts`` and ``questionnaire`` the first alone."""

    name: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)
    equations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    differs: Mapping[str, Change] = field(default_factory=dict)
    questionnaire: Mapping[str, Change] = field(default_factory=dict)
    texts: dict[str, Mapping[str, Change]] = field(default_factory=dict)

    def meant(self, equation: str, written: str) -> str | None:
        """Our expression behind an equation that nobody has changed."""
        says, source = self.equations.get(equation, ("", ""))
        return source if says and says == written else None


def digest(value: Any) -> str:
    """A short mark of a plain value."""
    return hashlib.sha256(_json(value).encode()).hexdigest()[:12]


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def spread(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Attributes that hold a value, cut to a length that is kept."""
    text = _json(value)
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    for number, at in enumerate(range(0, len(text), LONGEST_VALUE), start=1):
        yield f"{name}_{number}", text[at : at + LONGEST_VALUE]


def of(asked: Asked) -> tuple[Own, list[Attribute]]:
    """What a question carries, and the attributes it was read from."""
    rows = [a for a in asked.attributes if a.name.startswith(f"{NAME}_")]
    texts: dict[str, list[Attribute]] = {}
    others = []
    for attribute in rows:
        if attribute.name.startswith(f"{TEXTS}_"):
            texts.setdefault(attribute.language, []).append(attribute)
        else:
            others.append(attribute)
    data = _gathered(others)
    own = Own(
        name=_text(data.get("name")),
        codes=_texts(data.get("codes")),
        rows=_texts(data.get("rows")),
        refusals=_texts(data.get("refusals")),
        page=_table(data.get("page")),
        equations={
            name: (pair[0], pair[1])
            for name, pair in _pairs(data.get("equations")).items()
            if name in _EQUATIONS and isinstance(pair[1], str)
        },
        differs=_pairs(data.get("differs")),
        questionnaire=_pairs(data.get("questionnaire")),
    )
    for language, attributes in texts.items():
        own.texts[language] = _pairs(_gathered(attributes))
    return own, rows


def _gathered(attributes: list[Attribute]) -> dict[str, Any]:
    """The table that was spread over attributes; empty for whatever is none."""
    numbered = {a.name.rpartition("_")[2]: a.value for a in attributes}
    pieces: list[str] = []
    while (number := str(len(pieces) + 1)) in numbered:
        pieces.append(numbered[number])
    try:
        return _table(json.loads("".join(pieces) or "{}"))
    except (ValueError, RecursionError):
        return {}


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> dict[str, str]:
    return {k: v for k, v in _table(value).items() if isinstance(v, str)}


def _pairs(value: Any) -> dict[str, Change]:
    return {
        name: (pair[0], pair[1])
        for name, pair in _table(value).items()
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)
    }
