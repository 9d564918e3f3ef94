"""Writes the settings file and the first secret; changes single lines later."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from survey.settings import secret
from survey.settings.model import DESCRIPTIONS, Settings
from survey.settings.reading import VARIABLE, from_file

_LINE = re.compile(r"^#?\s*([a-z_]+)\s*=")

HEAD = """\
# Settings of this town. Every line can also be given as a variable of the
# environment: SURVEY_ and the name in upper case, which is stronger.
# `survey doctor` says what is missing.
"""


def initialise(instance: Path, values: Mapping[str, str | int | bool]) -> None:
    """Make the folder, its settings file and a fresh secret; keep what is there."""
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / "settings.toml"
    if not path.exists():
        lines = [HEAD]
        for name, description in DESCRIPTIONS.items():
            lines.append(f"\n# {description}\n# {name} = {_literal(_default(name))}\n")
        _write(path, "".join(lines))
    change(instance, values)
    keys_dir = _keys_dir(instance)
    keys_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (keys_dir / secret.FILE).exists():
        _write(keys_dir / secret.FILE, secret.fresh())


def change(instance: Path, values: Mapping[str, str | int | bool]) -> None:
    """Set some settings in the file and leave its other lines as they are."""
    path = instance / "settings.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for name, value in values.items():
        places = [i for i, line in enumerate(lines) if _name_of(line) == name]
        text = f"{name} = {_literal(value)}"
        if places:
            lines[places[-1]] = text
        else:
            lines.append(text)
    _write(path, "\n".join(lines) + "\n")


def _name_of(line: str) -> str:
    found = _LINE.match(line)
    return found.group(1) if found else ""


def _keys_dir(instance: Path) -> Path:
    given = os.environ.get(VARIABLE + "KEYS_DIR") or from_file(
        instance / "settings.toml", []
    ).get("keys_dir", "")
    return instance / (str(given) or "keys")


def _write(path: Path, text: str) -> None:
    # created with its final mode: there is no moment in which others can read it
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)


def _literal(value: object) -> str:
    # JSON strings, numbers and booleans are TOML ones as well
    return json.dumps(value, ensure_ascii=False)


def _default(name: str) -> object:
    if name == "keys_dir":
        return ""
    return next(f.default for f in fields(Settings) if f.name == name)
