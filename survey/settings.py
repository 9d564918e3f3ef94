"""What an operator decides once: read from settings.toml and SURVEY_ variables.

Knows nothing of requests, of storage or of questionnaires.
"""

from __future__ import annotations

import difflib
import ipaddress
import json
import os
import re
import secrets
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK_NAMES = ("localhost",)
UPSTREAM_LOGS = re.compile(r"none|unknown|days:[1-9][0-9]{0,3}")
IMAGE_BACKUPS = ("none", "keys-excluded")
SECRET_FILE = "web.key"  # noqa: S105 - a file name
SECRET_BYTES = 32
_VARIABLE = "SURVEY_"
_NOT_SETTINGS = {"SURVEY_INSTANCE"}
_LINE = re.compile(r"^#?\s*([a-z_]+)\s*=")

HEAD = """\
# Settings of this town. Every line can also be given as a variable of the
# environment: SURVEY_ and the name in upper case, which is stronger.
# docs/operators.md explains each; `survey doctor` says what is missing.
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the settings: where, why, and what to do."""

    place: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason} {self.remedy}"


class SettingsError(Exception):
    """The instance must not start; ``problems`` holds every reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an instance is told; ``secrets`` holds the current one first."""

    instance: Path
    keys_dir: Path
    secrets: tuple[bytes, ...] = field(repr=False)
    public_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    trusted_proxies: int = 0
    upstream_logs: str = ""
    image_backups: str = ""
    demo: bool = False
    town: str = ""
    address: str = ""
    represented_by: str = ""
    telephone: str = ""
    hours: str = ""
    email: str = ""
    data_protection_officer: str = ""
    supervisory_authority: str = ""
    enforcement_body: str = ""
    accessibility_checked_on: str = ""

    @property
    def is_https(self) -> bool:
        """Whether residents reach the instance through https."""
        return self.public_url.startswith("https://")

    @property
    def cookie_name(self) -> str:
        """Name of the one cookie a resident can get; follows ``public_url``."""
        return "__Host-draft" if self.is_https else "draft"

    @property
    def reports_dir(self) -> Path:
        """Folder of the published reports, one folder per survey."""
        return self.instance / "reports"

    def unset_for_publishing(self) -> tuple[str, ...]:
        """Names of the settings that have no default and block publishing."""
        return tuple(
            name
            for name in ("upstream_logs", "image_backups")
            if not getattr(self, name)
        )


DESCRIPTIONS = {
    "public_url": "Address for residents: https, or http on this machine only.",
    "database_url": "Empty: SQLite in this folder.",
    "keys_dir": "Folder of the keys; empty: keys/ in this folder.",
    "trusted_proxies": "Number of proxies in front that set X-Forwarded headers.",
    "upstream_logs": "What the computing centre logs: none, days:N or unknown.",
    "image_backups": "Backups of the whole machine: none or keys-excluded.",
    "demo": "A demonstration: simulated answers are allowed, pages say so.",
    "town": "Name of the municipality, as shown on every page.",
    "address": "Postal address, lines separated by \\n.",
    "represented_by": "Who represents the municipality, for the imprint.",
    "telephone": "Telephone for residents' questions.",
    "hours": "Hours of that telephone.",
    "email": "Mail address for residents' questions.",
    "data_protection_officer": "Name or office, and how to reach it.",
    "supervisory_authority": "Data protection authority of the state.",
    "enforcement_body": "Who settles complaints about accessibility.",
    "accessibility_checked_on": "Day of the last check by people, YYYY-MM-DD.",
}


def read(instance: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check everything; ``SettingsError`` lists all problems at once."""
    environ = os.environ if environ is None else environ
    problems: list[Problem] = []
    given = _from_file(instance / "settings.toml", problems)
    given |= _from_environment(environ, problems)
    values = _typed(given, problems)
    if "public_url" in values:
        values["public_url"] = str(values["public_url"]).rstrip("/")
    keys_dir = values.pop("keys_dir", "") or "keys"
    values["keys_dir"] = instance / str(keys_dir)
    values["secrets"] = _secrets(instance / str(keys_dir) / SECRET_FILE, problems)
    settings = Settings(instance=instance, **values)  # type: ignore[arg-type] # checked above
    for check in CHECKS:
        problem = check(settings)
        if problem is not None:
            problems.append(problem)
    if problems:
        raise SettingsError(tuple(problems))
    return settings


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
    if not (keys_dir / SECRET_FILE).exists():
        _write(keys_dir / SECRET_FILE, secrets.token_hex(SECRET_BYTES) + "\n")


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
    given = os.environ.get(_VARIABLE + "KEYS_DIR") or _from_file(
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


def _from_file(path: Path, problems: list[Problem]) -> dict[str, object]:
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


def _from_environment(
    environ: Mapping[str, str], problems: list[Problem]
) -> dict[str, object]:
    given: dict[str, object] = {}
    for variable, value in sorted(environ.items()):
        if not variable.startswith(_VARIABLE) or variable in _NOT_SETTINGS:
            continue
        name = variable.removeprefix(_VARIABLE).lower()
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


def _secrets(path: Path, problems: list[Problem]) -> tuple[bytes, ...]:
    place = str(path)
    if not path.is_file():
        problems.append(Problem(place, "the secret is missing.", "Run `survey init`."))
        return ()
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        problems.append(
            Problem(place, "others may read the secret.", f"Run `chmod 600 {path}`.")
        )
    lines = path.read_text(encoding="utf-8", errors="replace").split()
    if not lines or not all(_is_secret(line) for line in lines):
        problems.append(
            Problem(
                place,
                "is not a secret made by this program.",
                "Delete the file and run `survey init`.",
            )
        )
        return ()
    return tuple(bytes.fromhex(line) for line in lines)


def _is_secret(line: str) -> bool:
    # a typed-in default ("0000…", "abab…") has few different digits; chance has not
    is_hex = re.fullmatch(f"[0-9a-f]{{{2 * SECRET_BYTES}}}", line) is not None
    return is_hex and len(set(line)) > 8


def _check_public_url(settings: Settings) -> Problem | None:
    parts = urlsplit(settings.public_url)
    place = "public_url"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Problem(place, "is not an address.", "Example: https://umfrage.example.")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        return Problem(place, "must end with the host name.", "Remove what follows it.")
    if parts.scheme == "https" or settings.demo or is_loopback(parts.hostname):
        return None
    return Problem(
        place,
        "answers would cross the network readable for others.",
        "Use https; http is for this machine only, or for demo = true.",
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host in LOOPBACK_NAMES or host.endswith(".localhost")


def _check_upstream_logs(settings: Settings) -> Problem | None:
    value = settings.upstream_logs
    if not value or UPSTREAM_LOGS.fullmatch(value):
        return None
    return Problem(
        "upstream_logs", f"“{value}” is unknown.", "none, days:N or unknown."
    )


def _check_image_backups(settings: Settings) -> Problem | None:
    value = settings.image_backups
    if not value or value in IMAGE_BACKUPS:
        return None
    return Problem("image_backups", f"“{value}” is unknown.", "none or keys-excluded.")


def _check_keys_dir(settings: Settings) -> Problem | None:
    path = settings.keys_dir
    if path.is_dir() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Problem(
            str(path), "others may look into the keys.", f"Run `chmod 700 {path}`."
        )
    return None


CHECKS: tuple[Callable[[Settings], Problem | None], ...] = (
    _check_public_url,
    _check_upstream_logs,
    _check_image_backups,
    _check_keys_dir,
)
