"""Keeps frozen editions under their hash; each process reads one only once."""

from __future__ import annotations

import sqlalchemy as sa

from survey.questionnaire import edition as frozen
from survey.questionnaire.edition import Edition
from survey.storage.engine import reading, writing
from survey.storage.errors import StorageError
from survey.storage.store import Connection
from survey.storage.tables import editions

_known: dict[str, Edition] = {}


def save_edition(engine: sa.Engine, slug: str, edition: Edition) -> None:
    """Keep an edition; the same one twice is kept once."""
    with writing(engine) as connection:
        insert(connection, slug, edition)


def insert(connection: sa.Connection, slug: str, edition: Edition) -> None:
    """Keep an edition inside a transaction of the caller."""
    connection.execute(
        sa.text(
            "INSERT INTO editions (hash, slug, document)"
            " VALUES (:hash, :slug, :document) ON CONFLICT (hash) DO NOTHING"
        ),
        {"hash": edition.hash, "slug": slug, "document": edition.to_json()},
    )


def edition(engine: sa.Engine, fingerprint: str) -> Edition:
    """The edition with that hash.

    Raises ``StorageError`` when it is not there or was changed on disk.
    """
    return _known.get(fingerprint) or _read(engine, fingerprint)


def in_force(connection: Connection, survey: str) -> Edition | None:
    """What a survey asks now, inside a transaction of the urn, if it asks anything.

    Raises ``StorageError`` when it cannot be read.
    """
    found = connection.execute(
        "SELECT e.hash, e.document FROM surveys AS v"
        " JOIN editions AS e ON e.hash = v.edition WHERE v.slug = ?",
        (survey,),
    ).fetchone()
    if found is None:
        return None
    fingerprint, document = found
    try:
        return _known.get(fingerprint) or _kept(fingerprint, document)
    except frozen.EditionError as error:
        raise StorageError(f"what {survey} asks cannot be read: {error}") from error


def _read(engine: sa.Engine, fingerprint: str) -> Edition:
    with reading(engine) as connection:
        document = connection.scalar(
            sa.select(editions.c.document).filter_by(hash=fingerprint)
        )
    if document is None:
        raise StorageError(f"no edition {fingerprint[:12]} is stored here")
    read = _kept(fingerprint, document)
    if read.hash != fingerprint:
        raise StorageError(f"the stored edition {fingerprint[:12]} was changed")
    return read


def _kept(fingerprint: str, document: str) -> Edition:
    """Read an edition, once for this process unless it was changed."""
    read = frozen.load(document)
    if read.hash == fingerprint:
        _known[fingerprint] = read
    return read
