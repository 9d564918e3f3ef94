"""Keeps what a survey is: its state, its edition and the terms it opened under.

All dates here are administrative acts; nothing in this module concerns a
single answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from survey.questionnaire.edition import Edition
from survey.storage import corrections, editions, retention, shapes
from survey.storage.editions import edition, save_edition
from survey.storage.engine import reading, writing
from survey.storage.errors import SurveyError
from survey.storage.policy import LEAST_K, policy_of
from survey.storage.questionnaires import questionnaire, save_questionnaire
from survey.storage.tables import surveys as table

__all__ = [
    "Survey",
    "Terms",
    "all",
    "edition",
    "extend",
    "get",
    "open",
    "publish",
    "questionnaire",
    "raise_k",
    "save_edition",
    "save_questionnaire",
]

CHANNELS = {"codes": ("code",), "link": ("link",), "both": ("code", "link")}


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey; ``state`` is draft, published, open or closed."""

    slug: str
    state: str
    edition: str | None
    languages: tuple[str, ...]
    access: str
    design: str
    population: int | None
    invited: int | None
    k: int
    until: date | None
    channels: tuple[str, ...]
    profile: str
    groups: tuple[str, ...]
    policy: Mapping[str, Any]
    opened_on: date | None
    closed_on: date | None
    contact_for: tuple[str, ...] = ()
    contact_until: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What is decided when a survey opens."""

    design: str
    access: str = "codes"
    population: int | None = None
    invited: int | None = None
    k: int = 10
    until: date | None = None
    contact_for: tuple[str, ...] = ()
    contact_until: date | None = None
    keep_until: Mapping[str, date] = field(default_factory=dict)


def get(engine: sa.Engine, slug: str) -> Survey | None:
    """The survey of that name, or ``None``."""
    with reading(engine) as connection:
        return _find(connection, slug)


def all(engine: sa.Engine) -> tuple[Survey, ...]:
    """All surveys, in order of their names."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.slug))
        return tuple(_survey(row) for row in rows)


def publish(engine: sa.Engine, slug: str, frozen: Edition) -> Survey:
    """Make the edition ``frozen`` what this survey asks. Raises ``SurveyError``."""
    with writing(engine) as connection:
        survey = _known(connection, slug)
        if survey.state not in ("draft", "published"):
            raise SurveyError(f"{slug} is {survey.state}; its edition stands")
        editions.insert(connection, slug, frozen)
        settings = frozen.questionnaire.settings
        return _change(
            connection,
            survey,
            state="published",
            edition=frozen.hash,
            languages=tuple(frozen.languages),
            profile=settings.privacy_profile,
            groups=tuple(settings.groups),
        )


def open(engine: sa.Engine, slug: str, terms: Terms, *, today: date) -> Survey:
    """Open a published survey under these terms. Raises ``SurveyError``."""
    survey = get(engine, slug)
    if survey is None or survey.edition is None or survey.state != "published":
        state = survey.state if survey else "unknown"
        raise SurveyError(f"{slug} is {state}; publish it before opening it")
    frozen = edition(engine, survey.edition)
    _check_terms(terms, survey.profile)
    _check_contacts(terms, today)
    with writing(engine) as connection:
        survey = _known(connection, slug)
        if survey.state != "published" or survey.edition != frozen.hash:
            raise SurveyError(f"{slug} was changed meanwhile; look again")
        shapes.insert(connection, slug, shapes.shape_of(frozen))
        corrections.begin(connection, slug, frozen.hash, today)
        return _change(
            connection,
            survey,
            state="open",
            design=terms.design,
            access=terms.access,
            population=terms.population,
            invited=terms.invited,
            k=terms.k,
            until=terms.until,
            channels=CHANNELS[terms.access],
            contact_for=terms.contact_for,
            contact_until=terms.contact_until,
            policy={
                **policy_of(frozen.questionnaire, k=terms.k),
                retention.POLICY: retention.as_policy(terms.keep_until),
            },
            opened_on=today,
        )


def extend(engine: sa.Engine, slug: str, until: date | None) -> Survey:
    """Keep an open survey open until another day. Raises ``SurveyError``."""
    with writing(engine) as connection:
        return _change(connection, _open(connection, slug), until=until)


def raise_k(engine: sa.Engine, slug: str, k: int) -> Survey:
    """Mix more answers than promised; fewer is refused with ``SurveyError``."""
    with writing(engine) as connection:
        survey = _open(connection, slug)
        if k < survey.k:
            raise SurveyError(f"k of {slug} is {survey.k} and can only be raised")
        return _change(connection, survey, k=k, policy={**survey.policy, "k": k})


def _check_terms(terms: Terms, profile: str) -> None:
    if terms.design not in ("random", "census", "open"):
        raise SurveyError("design is one of random, census, open")
    if terms.access not in CHANNELS:
        raise SurveyError("access is one of codes, link, both")
    if terms.k < LEAST_K[profile]:
        raise SurveyError(
            f"k is at least {LEAST_K[profile]} with the privacy profile {profile}"
        )


def _check_contacts(terms: Terms, today: date) -> None:
    until = terms.contact_until
    if bool(terms.contact_for) != (until is not None):
        raise SurveyError(
            "a contact box needs both: what people are contacted for, and the day on "
            "which it is deleted"
        )
    if until is not None and until <= max(today, terms.until or today):
        raise SurveyError(
            f"contacts would be deleted on {until}, before the survey has ended"
        )


def _open(connection: sa.Connection, slug: str) -> Survey:
    survey = _known(connection, slug)
    if survey.state != "open":
        raise SurveyError(f"{slug} is {survey.state}, not open")
    return survey


def _known(connection: sa.Connection, slug: str) -> Survey:
    survey = _find(connection, slug)
    if survey is None:
        raise SurveyError(f"there is no survey {slug}")
    return survey


def _find(connection: sa.Connection, slug: str) -> Survey | None:
    row = connection.execute(sa.select(table).filter_by(slug=slug)).first()
    return None if row is None else _survey(row)


def _change(connection: sa.Connection, survey: Survey, **values: Any) -> Survey:
    stored = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
    connection.execute(
        table.update().where(table.c.slug == survey.slug).values(**stored)
    )
    return replace(survey, **values)


def _survey(row: sa.Row[Any]) -> Survey:
    values = dict(row._mapping)
    for name in ("languages", "channels", "groups", "contact_for"):
        values[name] = tuple(values[name] or ())
    return Survey(**values)
