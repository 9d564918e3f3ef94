"""What every command needs first: the instance, its store, the survey meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from survey.settings import Settings
    from survey.storage.surveys import Survey
    from survey.urn import Urn


@dataclass(frozen=True)
class Instance:
    """An instance that can be worked with."""

    settings: Settings
    engine: Engine

    def survey(self, slug: str | None) -> Survey:
        """The survey of that name, or the only one there is."""
        from survey.storage import surveys

        if slug:
            found = surveys.get(self.engine, slug)
            if found is None:
                raise click.ClickException(self._unknown(slug))
            return found
        every = surveys.all(self.engine)
        if len(every) == 1:
            return every[0]
        names = ", ".join(survey.slug for survey in every) or "none yet"
        raise click.ClickException(f"Name the survey; there is: {names}.")

    def _unknown(self, slug: str) -> str:
        from survey.storage import surveys

        names = ", ".join(survey.slug for survey in surveys.all(self.engine))
        return f"There is no survey {slug!r}; there is: {names or 'none yet'}."

    def urn(self, slug: str) -> Urn:
        """The urn of a survey."""
        from survey.urn import Urn

        return Urn(self.settings, slug)


def instance_folder() -> Path:
    """The folder that ``SURVEY_INSTANCE`` names, else ``instance`` here."""
    return Path(os.environ.get("SURVEY_INSTANCE") or "instance").absolute()


def opened_instance() -> Instance:
    """Settings read and the database found to be of this version."""
    from survey import settings
    from survey.storage import engine, migrate

    found = settings.read(instance_folder())
    if not migrate.is_current(found):
        raise click.ClickException(
            "The database is not of this version. Run `survey migrate`."
        )
    engine.check_server(found)
    return Instance(found, engine.connect(found))


def language_codes(given: Iterable[str]) -> list[str]:
    """Comma lists that may be repeated, as one list without doubles."""
    codes = [code.strip() for part in given for code in part.split(",")]
    return list(dict.fromkeys(code for code in codes if code))


def slug_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The optional name of the survey."""
    return click.argument("slug", required=False)(command)
