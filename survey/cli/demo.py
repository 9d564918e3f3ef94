"""The command `demo`: one open survey and one that is closed, released and drawn.

Every step looks whether it is done already, so it can be repeated or interrupted.
"""

from __future__ import annotations

import csv
from pathlib import Path

import click

from survey.cli.context import Instance, instance_folder, opened_instance

OPEN, CLOSED = "zusammenleben", "rueckblick"
POPULATION, INVITED, ANSWERED, SEED = 46_000, 800, 600, 1
PRINTED_CODES, OPEN_CODES = 3, 60
TITLE = 'title = "Zusammenleben in {place}"'
# Two surveys of one title cannot be told apart in a list.
CLOSED_TITLE = (
    'title = { de = "Zusammenleben in {place}: abgeschlossene Runde", '
    'en = "Living together in {place}: completed round", '
    'ar = "العيش معًا في {place}: جولة منتهية" }'
)
SETTINGS: dict[str, str | int | bool] = {
    "upstream_logs": "none",
    "image_backups": "none",
    "demo": True,
    "town": "Musterstadt",
    "address": "Rathaus Musterstadt\nMarktplatz 1\n12345 Musterstadt",
    "represented_by": "Erste Bürgermeisterin der Stadt Musterstadt",
    "telephone": "030 23125 000",
    "hours": "8:00–16:00",
    "email": "beteiligung@musterstadt.example",
    "data_protection_officer": "datenschutz@musterstadt.example",
    "supervisory_authority": "poststelle@aufsicht.example",
    "enforcement_body": "schlichtung@aufsicht.example",
}


@click.command("demo")
def demo_command() -> None:
    """Make the demonstration, or find it made, and print where to look."""
    _prepare()
    instance = opened_instance()
    codes = _open_survey(instance)
    _closed_survey(instance)
    address = instance.settings.public_url
    click.echo(f"Residents:  {address}/")
    for code in codes:
        click.echo(f"  a code:   {code}")
    click.echo(f"Results:    {address}/de/{CLOSED}/results/")


def _prepare() -> None:
    from survey import settings
    from survey.storage import migrate

    folder = instance_folder()
    is_new = not (folder / "settings.toml").exists()
    settings.initialise(folder, SETTINGS if is_new else {})
    found = settings.read(folder)
    if not found.demo:
        raise click.ClickException(
            f"{folder} is a real instance (demo is not true). "
            "Choose another folder with SURVEY_INSTANCE."
        )
    if not migrate.is_current(found):
        migrate.migrate(found)


def _published(instance: Instance, slug: str) -> None:
    from survey.authoring import shipped
    from survey.cli.publishing import publish
    from survey.language import registry
    from survey.storage import surveys

    if surveys.get(instance.engine, slug) is None:
        source = shipped.source(OPEN)
        if slug == CLOSED:
            source = source.replace(TITLE, CLOSED_TITLE, 1)
        surveys.save_questionnaire(instance.engine, slug, source)
    survey = instance.survey(slug)
    if survey.state == "draft":
        publish(instance, survey, [language.code for language in registry().released])


def _opened(instance: Instance, slug: str, *, access: str) -> None:
    from datetime import UTC, datetime

    from survey.storage import surveys

    _published(instance, slug)
    if instance.survey(slug).state == "published":
        terms = surveys.Terms(
            design="random", access=access, population=POPULATION, invited=INVITED
        )
        surveys.open(instance.engine, slug, terms, today=datetime.now(UTC).date())


def _open_survey(instance: Instance) -> list[str]:
    """The open survey; a few codes nobody has used yet, in groups of four."""
    from survey.urn import CodeState, codes

    _opened(instance, OPEN, access="both")
    urn = instance.urn(OPEN)
    kept = _kept_codes(instance, OPEN, OPEN_CODES)
    fresh = (code for code in kept if urn.state_of(code) is CodeState.FREE)
    return [codes.group(code) for code, _ in zip(fresh, range(PRINTED_CODES))]  # noqa: B905


def _kept_codes(instance: Instance, slug: str, count: int) -> list[str]:
    """Codes from the file of an earlier run, else fresh ones."""
    from survey.cli.printing import print_codes

    folder = instance.settings.instance / "codes" / slug
    path = folder / "codes.csv"
    if not path.exists():
        print_codes(instance, instance.survey(slug), count, folder)
    with path.open(encoding="utf-8", newline="") as lines:
        return [row["code"] for row in csv.DictReader(lines)]


def _closed_survey(instance: Instance) -> None:
    from survey.cli.results import report
    from survey.cli.simulation import simulate
    from survey.urn import CodeState

    _opened(instance, CLOSED, access="codes")
    if instance.survey(CLOSED).state == "open":
        urn = instance.urn(CLOSED)
        codes = _kept_codes(instance, CLOSED, INVITED)
        people = [
            number
            for number in range(ANSWERED)
            if urn.state_of(codes[number]) is CodeState.FREE
        ]
        survey = instance.survey(CLOSED)
        simulate(instance, survey, people, seed=SEED, codes=codes)
        urn.close()
    out: Path = instance.settings.reports_dir / CLOSED
    if not (out / "manifest.json").exists():
        click.echo("Drawing the charts …")
        report(instance, CLOSED, out, list(instance.survey(CLOSED).languages))
