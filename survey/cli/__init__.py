"""The command line `survey`; each command is loaded when it is used.

Knows the rooms it calls, and nothing of their insides.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

COMMANDS = {
    "init": "instance",
    "migrate": "instance",
    "doctor": "instance",
    "serve": "serving",
    "demo": "demo",
    "questionnaire": "questionnaires",
    "check": "check",
    "translations": "translations",
    "publish": "surveys",
    "open": "surveys",
    "status": "surveys",
    "release": "surveys",
    "close": "closing",
    "repair": "surveys",
    "contacts": "contacts",
    "codes": "codes",
    "letters": "letters",
    "enter": "entering",
    "review": "reviewing",
    "export": "results",
    "report": "results",
    "simulate": "simulation",
    "backup": "backups",
    "restore": "backups",
    "retention": "retention",
}


def _sentence(error: Exception) -> str | None:
    """What a known error tells a person; ``None`` for one that is a fault of ours."""
    from sqlalchemy.exc import OperationalError

    from survey.export.data_package import ExportError
    from survey.letters.errors import LettersError
    from survey.questionnaire.problem import QuestionnaireError
    from survey.settings import SettingsError
    from survey.storage.errors import StorageError

    ours = (
        SettingsError,
        QuestionnaireError,
        StorageError,
        ExportError,
        LettersError,
    )
    if isinstance(error, ours):
        return str(error)
    if isinstance(error, OperationalError):
        return f"The database cannot be used: {error.orig}. `survey doctor` says more."
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror or error}{where}."
    return None


class Commands(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a survey's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module a command lives in."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"survey.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101 - our own table
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run; a known error becomes one clear sentence and exit status 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            sentence = _sentence(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def survey() -> None:
    """Ask everybody in town, in their own language, anonymously."""


def main() -> None:
    """Entry point of the command `survey`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.excepthook = _tell_fault
    survey(prog_name="survey")


def _tell_fault(kind: type[BaseException], error: BaseException, _: Any) -> None:
    """A fault of ours, without its words: they may quote an answer.

    A timer's output ends in a journal, a terminal's in a mail to those who help.
    """
    from survey.logs import places

    click.echo(places(error), err=True)
    click.echo(
        "This is a fault of the program. What the error says is left out, because it "
        "may quote an answer; the lines above are enough to find it.",
        err=True,
    )
