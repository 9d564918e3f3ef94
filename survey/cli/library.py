"""The command `questionnaire library`: what can be taken into a questionnaire."""

from __future__ import annotations

import click


@click.command("library")
@click.argument("name", required=False)
def library_command(name: str | None) -> None:
    """List further questions and fields of action, or write NAME out to copy it."""
    from survey.authoring.library_entries import entries

    found = list(entries())
    if name is None:
        widths = [max(len(entry.name) for entry in found), 8]
        for entry in found:
            columns = (entry.name.ljust(widths[0]), entry.kind.ljust(widths[1]))
            click.echo("  ".join((*columns, ",".join(entry.languages), entry.words)))
        return
    chosen = next((entry for entry in found if entry.name == name), None)
    if chosen is None:
        raise click.ClickException(
            f"The library has no {name!r}. `survey questionnaire library` lists "
            "what there is."
        )
    spoken = ", ".join(chosen.languages)
    click.echo(f'# As it is, in {spoken}:\n{chosen.header}\nlibrary = "{name}"\n')
    click.echo(
        "# Or written out, to change it; what is left as it is keeps its languages:\n"
        f"{chosen.header}\n{chosen.toml}"
    )
