"""A command line in a folder of its own."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from survey.cli import survey


class Shell:
    """Runs `survey …` against one instance folder."""

    def __init__(self, folder):
        self.folder = folder
        self.runner = CliRunner()
        self.environment = {"SURVEY_INSTANCE": str(folder)}

    def __call__(self, *words, **environment):
        return self.runner.invoke(
            survey,
            [str(word) for word in words],
            env={**self.environment, **environment},
            catch_exceptions=False,
        )

    def ok(self, *words, **environment):
        """Run a command that must end well; what it printed."""
        result = self(*words, **environment)
        assert result.exit_code == 0, result.output
        return result.output

    def refused(self, *words, **environment):
        """Run a command that must be refused in words; the words."""
        result = self(*words, **environment)
        assert result.exit_code != 0, result.output
        assert "Traceback" not in result.output
        return result.output


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path / "instance")


@pytest.fixture
def published(shell):
    """An instance with the reference questionnaire, published in three languages."""
    from survey.authoring import shipped

    shell.ok("init")
    for name in ("UPSTREAM_LOGS", "IMAGE_BACKUPS"):
        shell.environment[f"SURVEY_{name}"] = "none"
    file = shell.folder.parent / "zusammenleben.toml"
    file.write_text(shipped.source("zusammenleben"), encoding="utf-8")
    shell.ok("questionnaire", "import", file)
    shell.ok("publish", "--languages", "de,en", "--languages", "ar")
    return shell


@pytest.fixture
def opened(published):
    """The same survey, open for a random sample with codes."""
    published.ok(
        *("open", "--design", "random", "--population", 46000, "--invited", 800)
    )
    return published
