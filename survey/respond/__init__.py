"""What residents meet: languages and surveys, questions, results, information."""

from __future__ import annotations

from flask import Blueprint

from survey.respond.services import services

__all__ = ["blueprints", "services"]


def blueprints() -> tuple[Blueprint, ...]:
    """All pages of residents, in the order in which addresses are looked up."""
    from survey.respond.front import blueprint as front
    from survey.respond.information import blueprint as information
    from survey.respond.journey import BLUEPRINTS as journey
    from survey.respond.media import blueprint as media
    from survey.respond.results import blueprint as results

    return (front, information, media, *journey, results)
