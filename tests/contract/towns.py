"""Closed surveys whose answers are known, from the urn to the package."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from survey.cli.context import Instance
from survey.cli.results import export_package
from survey.cli.simulation import ballot
from survey.settings import Settings
from survey.storage import engine, surveys
from survey.urn import Urn, Verdict
from tests import instances

TODAY = date(2026, 10, 5)
LANGUAGES = ("de", "en", "ar")


def noon() -> datetime:
    """A clock that stands."""
    return datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


class Town:
    """An instance with one survey of the reference questionnaire."""

    def __init__(self, folder: Path, **terms: Any) -> None:
        self.settings: Settings = instances.fresh(folder)
        self.slug = "zusammenleben"
        instances.publish(self.settings, self.slug, TODAY, languages=LANGUAGES, **terms)
        self.instance = Instance(self.settings, engine.connect(self.settings))
        self.urn = Urn(self.settings, self.slug, clock=noon)

    def answer(
        self, count: int, *, seed: int = 1, channel: str = "link", alike: int = 1
    ) -> list[Mapping[str, str]]:
        """Let made-up people answer; the closed cells each of them sent.

        By the channel ``code`` everybody was invited. So many ``alike`` say the
        same: with k of them, the close takes no word from anybody.
        """
        edition = surveys.edition(
            self.instance.engine, self.instance.survey(self.slug).edition or ""
        )
        ballots = [
            ballot(
                edition, LANGUAGES, random.Random(f"{seed}/{person // alike}"), channel
            )
            for person in range(count)
        ]
        if channel == "code":
            marks = [self.urn.admission(code) for code in self.urn.issue(count)]
        else:
            marks = [
                self.urn.admission_of_draft(b"%d" % person, 1)
                for person in range(count)
            ]
        pairs = list(zip(ballots, marks, strict=True))
        for start in range(0, count, 50):
            kind = "code" if channel == "code" else "draft"
            verdicts = self.urn.send_many(pairs[start : start + 50], kind)
            assert set(verdicts) == {Verdict.STORED}
        return [one.closed for one in ballots]

    def export(self, out: Path, **how: Any) -> Path:
        """Close the survey and write its package."""
        self.urn.close()
        export_package(self.instance, self.slug, out, **how)
        return out
