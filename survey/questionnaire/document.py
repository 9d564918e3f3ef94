"""A questionnaire as plain values and as JSON, out and in; keeps every detail.

Knows nothing of where documents are kept, nor of languages that are offered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from types import MappingProxyType
from typing import Any

from survey.questionnaire.model import (
    FieldOfAction,
    Medium,
    Option,
    OptionList,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)
from survey.questionnaire.problem import Problem, QuestionnaireError

FORMAT = 1


class DocumentError(QuestionnaireError):
    """A document that is no questionnaire of ours."""


def write(questionnaire: Questionnaire) -> str:
    """The questionnaire as JSON in canonical form, defaults left out."""
    return canonical({"format": FORMAT, "questionnaire": plain(questionnaire)})


def canonical(content: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: the same bytes every time."""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def read(text: str) -> Questionnaire:
    """What ``write`` wrote; raises ``DocumentError``."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise _unreadable(f"Format {content['format']} is newer.")
        return questionnaire_of(content["questionnaire"])
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise _unreadable("The document cannot be read.") from error


def _unreadable(reason: str) -> DocumentError:
    return DocumentError([Problem("", "document", reason, "Import it again.")])


def plain(thing: Any) -> Any:
    """Dataclasses as dicts without their defaults, tuples as lists.

    Attributes added later have defaults, so they leave older hashes alone. The
    options of a shared list stand once, in the list.
    """
    if isinstance(thing, Question) and thing.options_from:
        thing = replace(thing, options=())
    if isinstance(thing, str | int):
        return thing
    if isinstance(thing, tuple):
        return [plain(part) for part in thing]
    if isinstance(thing, Mapping):
        return {key: plain(value) for key, value in thing.items()}
    return {
        name: plain(value)
        for name, default in _defaults(thing)
        if (value := getattr(thing, name)) != default
    }


_known: dict[type[Any], tuple[tuple[str, Any], ...]] = {}


def _defaults(thing: Any) -> tuple[tuple[str, Any], ...]:
    """Attributes of a dataclass with their defaults, looked up once per class."""
    found = _known.get(type(thing))
    if found is None:
        found = _known[type(thing)] = tuple(map(_default, fields(thing)))
    return found


def _default(field: Any) -> tuple[str, Any]:
    if field.default_factory is not MISSING:
        return field.name, field.default_factory()
    return field.name, field.default


def questionnaire_of(data: dict[str, Any]) -> Questionnaire:
    """The questionnaire that ``plain`` took apart; ``KeyError`` and the like."""
    wordings = {
        language: MappingProxyType(own) for language, own in data["texts"].items()
    }
    lists = tuple(_list(found) for found in data.get("lists", ()))
    shared = {found.name: found.options for found in lists}
    changed = {
        "fields": tuple(FieldOfAction(**field) for field in data["fields"]),
        "lists": lists,
        "media": tuple(Medium(**medium) for medium in data.get("media", ())),
        "pages": tuple(_page(page, shared) for page in data["pages"]),
        "texts": MappingProxyType(wordings),
        "cross_cutting": tuple(data.get("cross_cutting", ())),
        "settings": _settings(data.get("settings", {})),
    }
    return Questionnaire(**{**data, **changed})


Shared = Mapping[str, tuple[Option, ...]]


def _list(data: dict[str, Any]) -> OptionList:
    return OptionList(data["name"], tuple(map(_option, data["options"])))


def _option(data: dict[str, Any]) -> Option:
    pairs = tuple((name, value) for name, value in data.get("properties", ()))
    return Option(**{**data, "properties": pairs})


def _page(data: dict[str, Any], shared: Shared) -> Page:
    questions = tuple(_question(question, shared) for question in data["questions"])
    return Page(**{**data, "questions": questions})


def _question(data: dict[str, Any], shared: Shared) -> Question:
    listed = data.get("options_from", "")
    own = tuple(map(_option, data.get("options", ())))
    changed = {
        "options": shared[listed] if listed else own,
        "rows": tuple(Row(**row) for row in data.get("rows", ())),
        "cross_cutting": tuple(data.get("cross_cutting", ())),
        "only_in": tuple(data.get("only_in", ())),
    }
    return Question(**{**data, **changed})


def _settings(data: dict[str, Any]) -> SurveySettings:
    lists = ("groups", "three_way", "language_groups", "review_rules")
    changed: dict[str, Any] = {name: tuple(data.get(name, ())) for name in lists}
    changed["slots"] = MappingProxyType(data.get("slots", {}))
    return SurveySettings(**{**data, **changed})
