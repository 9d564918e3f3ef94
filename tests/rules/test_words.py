"""Names and words that have no place in the project."""

from __future__ import annotations

import ast
import re

from tests.rules.sources import ROOT, product, tracked

EMPTY_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|manager|handler|misc)(_|\.|$)")
REGISTRIES = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org")
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|NotImplementedError)\b|mark\.(skip|xfail)\b"
)
TEXT_FILES = (".py", ".md", ".toml", ".cfg", ".html", ".txt", ".css", ".js", ".po")
THIS_FILE = "tests/rules/test_words.py"


def texts():
    for name in tracked():
        if name.endswith(TEXT_FILES) and name != THIS_FILE:
            yield name, (ROOT / name).read_text(encoding="utf-8")


def matches(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}: {found[0]}"
        for name, text in texts()
        for found in pattern.finditer(text)
    ]


def test_no_module_hides_behind_an_empty_name():
    assert not [name for name in tracked() if EMPTY_NAMES.search(name.split("/")[-1])]


def test_no_registry_host_is_named():
    assert not matches(REGISTRIES)


def test_nothing_unfinished_is_left():
    assert not matches(UNFINISHED)


def test_no_path_of_a_machine_is_named():
    here = str(ROOT.parent) + "/"
    assert not [name for name, text in texts() if here in text]


def test_a_kind_of_question_is_told_apart_only_where_kinds_live():
    pattern = re.compile(r"\.kind\s*(==|!=|in\b|not in\b)")
    found = [
        f"{name}:{text[: place.start()].count(chr(10)) + 1}"
        for name, text in product(".py")
        if name.startswith("survey/") and "/kinds/" not in name
        for place in pattern.finditer(text)
    ]
    assert not found, "\n".join(found)


def test_the_process_never_prints_outside_its_command_line():
    found = [
        name
        for name, text in product(".py")
        if "/cli" not in name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert not found


def test_every_test_states_something():
    stating = re.compile(
        r"\bassert\b|raises|check|expect|verify|page\.|resident\.|administrator\."
    )
    silent = [
        f"{name}:{node.lineno} {node.name}"
        for name in tracked()
        if name.startswith("tests/") and name.endswith(".py")
        for text in [(ROOT / name).read_text(encoding="utf-8")]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not stating.search(ast.get_source_segment(text, node) or "")
    ]
    assert not silent, "\n".join(silent)


def test_empty_names_are_recognised():
    assert EMPTY_NAMES.search("utils.py")
    assert EMPTY_NAMES.search("form_helpers.py")
    assert not EMPTY_NAMES.search("commons_hall.py")
