"""The command `simulate`: made-up residents answer through the real urn.

Only in a demonstration, so that no made-up answer meets a real one.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from survey.cli import opinions
from survey.cli.context import Instance, opened_instance, slug_argument

if TYPE_CHECKING:
    from survey.questionnaire.edition import Edition
    from survey.questionnaire.model import Question
    from survey.questionnaire.route import Step
    from survey.questionnaire.values import Value
    from survey.storage.surveys import Survey
    from survey.urn import Ballot

LEFT_EMPTY_SHARE = 0.04
DONT_KNOW_SHARE = 0.06
COMMENT_SHARE = 0.15
BATCH = 60

Answers = dict[str, "Value"]


@click.command("simulate")
@slug_argument
@click.option(
    "--count", type=click.IntRange(1, 100_000), default=600, show_default=True
)
@click.option("--seed", type=int, default=1, show_default=True)
def simulate_command(slug: str | None, count: int, seed: int) -> None:
    """Let made-up residents answer an open survey (demonstrations only)."""
    instance = opened_instance()
    if not instance.settings.demo:
        raise click.ClickException(
            "Simulated answers would mix with real ones. "
            "They are allowed only with the setting demo = true."
        )
    survey = instance.survey(slug)
    if survey.state != "open":
        raise click.ClickException(f"{survey.slug} is {survey.state}, not open.")
    codes = None
    if survey.access == "codes":
        codes = instance.urn(survey.slug).issue(count)
    stored = simulate(instance, survey, range(count), seed=seed, codes=codes)
    click.echo(f"{stored} answers are in the urn of {survey.slug}.")


def simulate(
    instance: Instance,
    survey: Survey,
    people: Sequence[int],
    *,
    seed: int,
    codes: Sequence[str] | None,
) -> int:
    """Send the answers of these made-up people; how many were stored.

    Person i is the same for the same seed. ``codes`` admits person i with the
    i-th code; without codes everybody comes through the open link.
    """
    from rich.progress import track

    from survey.storage import surveys
    from survey.urn import Verdict

    edition = surveys.edition(instance.engine, survey.edition or "")
    urn = instance.urn(survey.slug)
    channel = "code" if codes is not None else "link"
    stored = 0
    batches = range(0, len(people), BATCH)
    for start in track(batches, description="Simulating answers", transient=True):
        ballots = []
        for person in people[start : start + BATCH]:
            rng = random.Random(f"{seed}/{person}")  # noqa: S311 - a made-up town
            if codes is not None:
                admission = urn.admission(codes[person])
            else:
                admission = urn.admission_of_draft(secrets.token_bytes(32), 1)
            ballots.append((ballot(edition, survey.languages, rng, channel), admission))
        verdicts = urn.send_many(ballots, "code" if codes is not None else "draft")
        stored += sum(verdict is Verdict.STORED for verdict in verdicts)
    urn.stop()
    return stored


def ballot(
    edition: Edition, languages: Sequence[str], rng: random.Random, channel: str
) -> Ballot:
    """What one made-up person sends, by walking the questionnaire as people do."""
    from survey.questionnaire.journey import Journey
    from survey.urn import Ballot, Comment

    person = opinions.draw_person(rng, languages)
    today = datetime.now(UTC).date()
    answers: Answers = {}
    reached: set[str] = set()
    for step, questions in _walk(edition, answers, reached, person, today):
        for question in questions:
            answers.update(_answer(edition, question, answers, person, rng))
        reached.add(step)
    journey = Journey(edition, answers, reached, today=today, language=person.language)
    comments = tuple(
        Comment(question, person.language, text)
        for question, text in journey.comments()
    )
    return Ballot(journey.closed_answers(), comments, channel, person.language)


def _walk(
    edition: Edition,
    answers: Answers,
    reached: set[str],
    person: opinions.Person,
    today: date,
) -> Iterator[tuple[str, Sequence[Question]]]:
    from survey.questionnaire.journey import Journey

    walk = partial(Journey, edition, today=today, language=person.language)
    step: Step | None = walk(answers, reached).steps[0]
    while step is not None:
        if step.is_fork and person.stops_early:
            return
        yield step.name, step.questions
        step = walk(answers, reached).next_after(step.name)


def _answer(
    edition: Edition,
    question: Question,
    answers: Answers,
    person: opinions.Person,
    rng: random.Random,
) -> Answers:
    from survey.questionnaire.kinds import kind_of

    if rng.random() < LEFT_EMPTY_SHARE:
        return {}
    kind = kind_of(question)
    if kind.written_as == "text":
        says = rng.random() < COMMENT_SHARE
        text = opinions.draw_comment(rng, person.language) if says else ""
        return {question.name: text} if text else {}
    weigh = partial(person.weights, is_scale=bool(question.scale))
    found = dict(kind.sampled(question, kind.offered(question, answers), rng, weigh))
    if question.has_dont_know:
        for item in found:
            if rng.random() < DONT_KNOW_SHARE:
                found[item] = "-3"
    return found
