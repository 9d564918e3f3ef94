"""Reads the settings from their file and the environment, all problems at once."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from survey.settings import secret
from survey.settings.checks import CHECKS
from survey.settings.model import DESCRIPTIONS, Problem, Settings, SettingsError

VARIABLE = "SURVEY_"
# one chooses the instance, the other is a secret of the moment
_NOT_SETTINGS = {"SURVEY_INSTANCE", "SURVEY_BACKUP_PASSPHRASE"}


def read(instance: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check everything; ``SettingsError`` lists all problems at once."""
    environ = os.environ if environ is None else environ
    problems: list[Problem] = []
    given = from_file(instance / "settings.toml", problems)
    given |= _from_environment(environ, problems)
    values = _typed(given, problems)
    if "public_url" in values:
        values["public_url"] = str(values["public_url"]).rstrip("/")
    keys_dir = values.pop("keys_dir", "") or "keys"
    values["keys_dir"] = instance / str(keys_dir)
    values["secrets"] = secret.read(instance / str(keys_dir) / secret.FILE, problems)
    settings = Settings(instance=instance, **values)  # type: ignore[arg-type] # checked above
    for check in CHECKS:
        problem = check(settings)
        if problem is not None:
            problems.append(problem)
    if problems:
        raise SettingsError(tuple(problems))
    return settings


def from_file(path: Path, problems: list[Problem]) -> dict[str, object]:
    """The settings of a file as they stand there; problems are added."""
    if not path.exists():
        problems.append(Problem(str(path), "is missing.", "Run `survey init`."))
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(str(path), f"cannot be read: {error}.", "Correct it."))
        return {}
    for name in sorted(set(given) - set(DESCRIPTIONS)):
        problems.append(_unknown(f"{path.name}, {name}", name))
    return {name: given[name] for name in DESCRIPTIONS if name in given}


def in_file(instance: Path) -> dict[str, str | int | bool]:
    """What the file says and the environment may overrule; nothing wrong in it."""
    given = _typed(from_file(instance / "settings.toml", []), [])
    return {k: v for k, v in given.items() if isinstance(v, str | int | bool)}


def _from_environment(
    environ: Mapping[str, str], problems: list[Problem]
) -> dict[str, object]:
    given: dict[str, object] = {}
    for variable, value in sorted(environ.items()):
        if not variable.startswith(VARIABLE) or variable in _NOT_SETTINGS:
            continue
        name = variable.removeprefix(VARIABLE).lower()
        if name in DESCRIPTIONS:
            given[name] = value
        else:
            problems.append(_unknown(variable, name))
    return given


def _unknown(place: str, name: str) -> Problem:
    near = difflib.get_close_matches(name, DESCRIPTIONS, n=1)
    remedy = f"Did you mean {near[0]}?" if near else "Remove it."
    return Problem(place, "there is no such setting.", remedy)


def _typed(given: Mapping[str, object], problems: list[Problem]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in given.items():
        convert = _CONVERT.get(name, _text)
        try:
            values[name] = convert(value)
        except ValueError as error:
            problems.append(Problem(name, str(error), "Correct the value."))
    return values


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text in quotation marks.")
    return value.strip()


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    known = {
        "true": True,
        "1": True,
        "yes": True,
        "false": False,
        "0": False,
        "no": False,
    }
    if isinstance(value, str) and value.strip().lower() in known:
        return known[value.strip().lower()]
    raise ValueError("must be true or false.")


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    raise ValueError("must be a number from 0.")


_CONVERT: Mapping[str, Callable[[object], object]] = {
    "demo": _truth,
    "trusted_proxies": _count,
}
