"""All pages of one person's way through a survey, from the first to leaving."""

from __future__ import annotations

from survey.respond import about, later, leaving, question, resume, review, thanks

BLUEPRINTS = (
    about.blueprint,
    question.blueprint,
    review.blueprint,
    later.blueprint,
    resume.blueprint,
    thanks.blueprint,
    leaving.blueprint,
)
