"""What authors read is complete and true."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

import pytest

from survey.authoring import toml, toml_reader
from survey.questionnaire.functions import FUNCTIONS
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import ROLES

DOCUMENT = (Path(__file__).parents[2] / "docs" / "questionnaire-format.md").read_text(
    encoding="utf-8"
)
TAKEN = re.compile(
    r"\.(?:text|flag|number|quantity|names|tables|table|parts)\(\s*\"(\w+)\"|"
    r"(?:required|words|read_refusal|read_options)\(\w+(?:\.\w+)?, (?:name, )?\"(\w+)\""
)
KEYS = {
    key
    for match in TAKEN.finditer(inspect.getsource(toml_reader))
    for key in match.groups()
    if key
} | {*toml_reader.FLAGS, *toml_reader.NUMBERS, *toml_reader.TEXTS}


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", DOCUMENT, flags=re.DOTALL)


def test_the_example_can_be_used_as_it_stands():
    [example] = blocks("toml")
    asked, problems = toml.inspect(example.encode())
    assert problems == ()
    assert asked.name == "bus_and_home"


@pytest.mark.parametrize("part", [*enumerate(blocks("toml-part"))], ids=lambda p: p[0])
def test_every_fragment_is_toml(part):
    text = part[1]
    single = text.splitlines() if text.startswith(("label", "shown_if")) else [text]
    assert all(tomllib.loads(line) for line in single)


def test_every_key_the_reader_knows_is_explained():
    assert {"privacy_profile", "picks_from", "extra_options", "dont_know"} <= KEYS
    explained = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", DOCUMENT))))
    assert not KEYS - explained


def test_every_kind_role_and_function_is_explained():
    for name in (*KINDS, *ROLES):
        assert f"`{name}`" in DOCUMENT
    for name in FUNCTIONS:
        assert f"{name}(" in DOCUMENT
