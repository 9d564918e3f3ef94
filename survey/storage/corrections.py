"""Corrections of an open survey: what it asked since when, and what still waits.

One correction waits at most, and takes effect only inside a transaction of the
urn. Its days are acts of the office; no answer refers to any of this.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from survey.questionnaire.edition import Edition
from survey.questionnaire.privacy import OTHER_LANGUAGE
from survey.storage import editions, responses, shapes
from survey.storage.engine import reading, writing
from survey.storage.errors import SurveyError
from survey.storage.policy import groups_after
from survey.storage.store import Connection
from survey.storage.tables import shapes as shape_table
from survey.storage.tables import survey_editions as table
from survey.storage.tables import surveys
from survey.storage.tables import waiting_editions as waiting_table


@dataclass(frozen=True, slots=True)
class InForce:
    """An edition of a survey: which in order, why, since which day."""

    number: int
    edition: str
    note: str
    since: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction that takes effect with the next release."""

    edition: str
    note: str
    published_on: date


def begin(connection: sa.Connection, slug: str, edition: str, today: date) -> None:
    """Note the edition a survey opens with."""
    connection.execute(
        table.insert().values(
            survey=slug, number=1, edition=edition, note="", since=today
        )
    )


def history(engine: sa.Engine, slug: str) -> tuple[InForce, ...]:
    """Every edition that was in force since the survey opened, in order."""
    columns = (table.c.number, table.c.edition, table.c.note, table.c.since)
    wanted = sa.select(*columns).filter_by(survey=slug).order_by(table.c.number)
    with reading(engine) as connection:
        return tuple(InForce(*row) for row in connection.execute(wanted))


def waiting(engine: sa.Engine, slug: str) -> Waiting | None:
    """The correction that waits, if one does."""
    found = waiting_table.c
    wanted = sa.select(found.edition, found.note, found.published_on)
    with reading(engine) as connection:
        row = connection.execute(wanted.filter_by(survey=slug)).first()
    return None if row is None else Waiting(*row)


def wait(
    engine: sa.Engine,
    slug: str,
    corrected: Edition,
    *,
    instead_of: str,
    note: str,
    today: date,
) -> None:
    """Let a correction wait; one that waited before is replaced.

    ``instead_of`` is the hash of the edition it was compared with. Raises
    ``SurveyError`` when that is not in force any more, or when answers to the
    correction would have other columns.
    """
    with writing(engine) as connection:
        _check_in_force(connection, slug, instead_of)
        _check_shape(connection, slug, corrected)
        editions.insert(connection, slug, corrected)
        _drop(connection, slug)
        connection.execute(
            waiting_table.insert().values(
                survey=slug, edition=corrected.hash, note=note, published_on=today
            )
        )


def withdraw(engine: sa.Engine, slug: str) -> bool:
    """Drop the correction that waits; whether there was one."""
    with writing(engine) as connection:
        return _drop(connection, slug)


def _drop(connection: sa.Connection, slug: str) -> bool:
    done = connection.execute(waiting_table.delete().filter_by(survey=slug))
    return bool(done.rowcount)


def _check_in_force(connection: sa.Connection, slug: str, edition: str) -> None:
    wanted = sa.select(surveys.c.state, surveys.c.edition).filter_by(slug=slug)
    found = connection.execute(wanted).first()
    if found is None or found.state != "open" or found.edition != edition:
        raise SurveyError(f"{slug} was changed meanwhile; look again")


def _check_shape(connection: sa.Connection, slug: str, corrected: Edition) -> None:
    """Sealed answers know their columns by place: another place, another answer."""
    columns = connection.scalar(
        sa.select(shape_table.c.columns)
        .filter_by(survey=slug)
        .order_by(shape_table.c.shape.desc())
        .limit(1)
    )
    if tuple(columns or ()) != shapes.shape_of(corrected).columns:
        raise SurveyError(
            f"answers to this edition of {slug} would have other columns than those "
            "given already; it can only be asked in another survey"
        )


def is_waiting(connection: Connection, survey: str) -> bool:
    """Whether a correction waits, inside a transaction of the urn."""
    row = connection.execute(
        "SELECT 1 FROM waiting_editions WHERE survey = ?", (survey,)
    ).fetchone()
    return row is not None


def take_effect(connection: Connection, survey: str, today: date) -> None:
    """Put the edition that waits in force, inside a transaction of the urn."""
    edition, note, document = connection.execute(
        "SELECT w.edition, w.note, e.document FROM waiting_editions AS w"
        " JOIN editions AS e ON e.hash = w.edition WHERE w.survey = ?",
        (survey,),
    ).fetchone()
    languages = json.loads(document)["languages"]
    _narrow_groups(connection, survey, languages)
    connection.execute(
        "UPDATE surveys SET edition = ?, languages = ? WHERE slug = ?",
        (edition, json.dumps(languages), survey),
    )
    (last,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM survey_editions WHERE survey = ?",
        (survey,),
    ).fetchone()
    connection.execute(
        "INSERT INTO survey_editions (survey, number, edition, note, since)"
        " VALUES (?, ?, ?, ?, ?)",
        (survey, last + 1, edition, note, today.isoformat()),
    )
    forget_waiting(connection, survey)


def forget_waiting(connection: Connection, survey: str) -> None:
    """Drop the correction that waits, inside a transaction of the urn."""
    connection.execute("DELETE FROM waiting_editions WHERE survey = ?", (survey,))


def _narrow_groups(
    connection: Connection, survey: str, languages: Collection[str]
) -> None:
    """Let no form language tell that its answers came after the correction."""
    stored, written = connection.execute(
        "SELECT policy, languages FROM surveys WHERE slug = ?", (survey,)
    ).fetchone()
    policy, before = json.loads(stored), json.loads(written)
    groups = tuple(policy.get("language_groups", ()))
    added = [code for code in languages if code not in before]
    told = groups_after(groups, before, added)
    if told == groups:
        return
    connection.execute(
        "UPDATE surveys SET policy = ? WHERE slug = ?",
        (json.dumps({**policy, "language_groups": told}), survey),
    )
    if not told:
        responses.forget_languages(connection, survey, OTHER_LANGUAGE)
