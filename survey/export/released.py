"""What has been released from the urn, as the content of a package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from survey.export.data_package import Content
from survey.export.editions import Asked
from survey.storage import corrections, reviews, surveys

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from survey.questionnaire.edition import Edition
    from survey.storage.surveys import Survey
    from survey.urn import Urn

TYPED_CHANNELS = ("paper", "assisted")


def content_of(
    engine: Engine,
    survey: Survey,
    urn: Urn,
    *,
    created: date,
    with_comments: bool = False,
) -> Content:
    """Everything the package of a closed survey says."""
    edition = surveys.edition(engine, survey.edition or "")
    invited = {"code": survey.invited} if survey.invited else {}
    return Content(
        survey=survey.slug,
        edition=edition,
        design=survey.design,
        population=survey.population,
        invited=invited,
        channels=(*survey.channels, *_typed(urn)),
        policy=survey.policy,
        responses=urn.responses(),
        created=created,
        counts=_visits(urn.counts(), survey.channels),
        field_time=(survey.opened_on, survey.closed_on),
        comments=_comments(urn, _fields(edition)) if with_comments else None,
        merges=reviews.merges(engine, survey.slug),
        editions=_editions(engine, survey.slug),
    )


# what else is counted is for the office, not for figures
STAGES = ("started", "page")


def _typed(urn: Urn) -> list[str]:
    """The ways of paper there are; the others were fixed at the opening."""
    found = urn.channels()
    return [channel for channel in TYPED_CHANNELS if channel in found]


def _editions(engine: Engine, slug: str) -> list[Asked]:
    """Everything the survey asked since it opened, in order."""
    return [
        Asked(surveys.edition(engine, one.edition), one.note)
        for one in corrections.history(engine, slug)
    ]


def _visits(
    counts: Mapping[str, int], channels: tuple[str, ...]
) -> dict[tuple[str, str, str], int]:
    """Counters of the urn as stages; only a single way in can be named."""
    channel = channels[0] if len(channels) == 1 else ""
    found = {}
    for name, number in counts.items():
        stage, _, page = name.partition(":")
        if stage not in STAGES:
            continue
        found[channel, stage, page] = number
    return found


def _fields(edition: Edition) -> Mapping[str, str]:
    return {
        question.name: question.field_of_action
        for question in edition.questionnaire.questions()
    }


def _comments(urn: Urn, fields: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for comment in urn.comments():
        yield {
            **comment,
            "field": fields.get(comment["question"], ""),
            "status": "received",
        }
