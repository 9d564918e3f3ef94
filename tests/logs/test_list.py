"""The list of lines, the calls in the code, gunicorn and the operators' page agree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from survey.logs import LINES
from survey.watching import METRICS
from tests.rules.sources import ROOT, product

LEVELS = {
    "debug": "DEBUG",
    "info": "INFO",
    "warning": "WARNING",
    "error": "ERROR",
    "critical": "CRITICAL",
    "exception": "ERROR",
    "log": "?",
}


def loggers(tree: ast.AST, module: str) -> dict[str, str]:
    """Names bound to a logger in a module, and what the logger is called."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and is_get_logger(node.value):
            name = (*node.value.args, ast.Constant("root"))[0]
            called = name.value if isinstance(name, ast.Constant) else module
            found[ast.unparse(node.targets[0])] = OURS.get(ast.unparse(name), called)
    return found


OURS = {"OURS": "survey.logs"}


def is_get_logger(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("getLogger")


def calls(text: str, module: str) -> Iterator[tuple[str, str, str]]:
    """Logger, level and words of every call that writes to a log."""
    tree = ast.parse(text)
    known = loggers(tree, module)
    if "gunicorn" in text:
        known["self.log"] = "gunicorn.error"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner, method = node.func.value, node.func.attr
        if method in LEVELS and ast.unparse(owner) in known:
            words = node.args[0]
            literal = words.value if isinstance(words, ast.Constant) else "?"
            yield known[ast.unparse(owner)], LEVELS[method], str(literal)


def written() -> set[tuple[str, str, str]]:
    found = set()
    for name, text in product(".py"):
        if name.startswith("survey/"):
            found |= set(calls(text, name.removesuffix(".py").replace("/", ".")))
    return found


def page() -> str:
    return (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")


def row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def test_every_call_in_the_code_is_on_the_list():
    listed = {(line.logger, line.level, line.text) for line in LINES}
    assert not written() - listed


def test_the_list_holds_no_line_that_nobody_writes():
    ours = {(x.logger, x.level, x.text) for x in LINES if x.logger.startswith("survey")}
    # the gate makes this one itself, past the loggers
    held = ("survey.logs", "WARNING", "a line of %s (%s) was held back")
    assert ours - written() == {held}


def test_a_logger_is_only_used_by_its_name():
    """`logging.warning(…)` or a logger of Flask would escape the test above."""
    found = [
        f"{name}: {ast.unparse(node)}"
        for name, text in product(".py")
        if name.startswith("survey/")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and ast.unparse(node.func.value).split(".")[-1] in ("logging", "logger")
    ]
    assert not found


def test_the_server_for_development_is_never_started():
    """It writes an address and a path for every request."""
    starts = ("run_simple", "make_server", "app.run")
    found = [
        name
        for name, text in product(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(starts)
    ]
    assert not found


@pytest.mark.parametrize(
    "call",
    [
        "import logging\nlog = logging.getLogger('a')\nlog.info('x %s', answer)",
        "import logging\nlog = logging.getLogger(__name__)\nlog.error(f'{answer}')",
    ],
)
def test_the_rule_sees_a_call_that_is_not_on_the_list(call):
    [found] = calls(call, "survey.made_up")
    assert found not in {(line.logger, line.level, line.text) for line in LINES}


def test_the_lines_of_the_server_are_those_of_the_installed_one():
    folder = Path(find_spec("gunicorn").origin).parent
    source = "".join(file.read_text() for file in folder.rglob("*.py"))
    for line in LINES:
        key = (line.logger, line.level, line.text)
        if line.logger == "gunicorn.error" and key not in written():
            for part in line.text.split("! "):
                assert part in source or part.rstrip("!") in source, line.text


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text[:40])
def test_the_operators_page_shows_every_line_and_what_it_means(line):
    words = line.text.replace("%s", "…").replace("\n…", "")
    assert row(line.logger, line.level, words, line.means) in page()


def test_the_operators_page_shows_no_line_that_is_not_on_the_list():
    assert page().count("| survey.") + page().count("| gunicorn.") == len(LINES)


@pytest.mark.parametrize("name", METRICS)
def test_the_operators_page_shows_every_number(name):
    assert row(f"`{name}`", METRICS[name][1]) in page()
