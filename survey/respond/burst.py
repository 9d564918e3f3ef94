"""Pauses an open link through which very many answers come at once.

A link can be shared with machines; a code cannot. Marks what looks like one and
refuses nobody for it: marks are counted, never kept with an answer. Counts per
process; a pause holds for all processes of the machine, and for the office to see.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app, request

from survey.respond.neighbourhood import Neighbourhoods
from survey.respond.token import Claim
from survey.respond.visit import Visit
from survey.settings.checks import is_loopback
from survey.storage import pauses

# a school or a library sends so many in its busiest hour
SENDS_AN_HOUR = 60
# five times the busiest hour of a town of fifty thousand in the first days
SENDS_OF_EVERYBODY = 600
PAUSE = timedelta(minutes=30)
# nobody has read a page of questions in less
SECONDS_A_PAGE = 2

MARK = "marked:"
_EXTENSION = "open links"
_log = logging.getLogger(__name__)


def is_paused(visit: Visit) -> bool:
    """Whether no answers are taken through the open link, all or from there."""
    pause = pauses.last(visit.services.settings.instance, visit.survey.slug)
    if pause is not None and visit.now < pause.until:
        return True
    return not _is_free(visit) and _sends(visit).is_passed(_address(), visit.now)


def sent(visit: Visit, claim: Claim, pages: int) -> None:
    """Count an answer that came through an open link; pause it after too many."""
    urn = visit.services.urn(visit.survey.slug)
    if claim.is_trapped:
        urn.count(f"{MARK}trap")
    if visit.now.timestamp() - claim.begun < SECONDS_A_PAGE * pages:
        urn.count(f"{MARK}fast")
    if _is_free(visit):
        return
    sends = _sends(visit)
    sends.within(_address(), visit.now)
    if sends.is_everybody_passed():
        _pause(visit)


def _pause(visit: Visit) -> None:
    settings, slug = visit.services.settings, visit.survey.slug
    pause = pauses.last(settings.instance, slug)
    if pause is not None and visit.now < pause.until:
        return
    _log.warning(
        "The open link of %s is paused for %d minutes: very many answers came at once.",
        slug,
        PAUSE.seconds // 60,
    )
    with suppress(OSError):
        pauses.begin(settings.instance, slug, visit.now + PAUSE)


def _is_free(visit: Visit) -> bool:
    """Whether nothing is counted: nobody but this machine can reach the link."""
    settings = visit.services.settings
    own = urlsplit(settings.public_url).hostname or ""
    return is_loopback(_address()) and (settings.demo or is_loopback(own))


def _address() -> str:
    return request.remote_addr or ""


def _sends(visit: Visit) -> Neighbourhoods:
    kept: dict[str, Neighbourhoods]
    kept = current_app.extensions.setdefault(_EXTENSION, {})
    slug = visit.survey.slug
    if slug not in kept:
        kept[slug] = Neighbourhoods(SENDS_AN_HOUR, everybody=SENDS_OF_EVERYBODY)
    return kept[slug]
