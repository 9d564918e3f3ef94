"""What residents meet: languages and surveys, questions, results, information."""

from __future__ import annotations

from flask import Blueprint

from survey.respond.services import services

__all__ = ["blueprints", "services"]


def blueprints() -> tuple[Blueprint, ...]:
    """All pages of residents, in the order in which addresses are looked up."""
    from survey.respond import front, information, results

    return (front.blueprint, information.blueprint, results.blueprint)
