"""Rules the settings have to keep; one function per rule."""

from __future__ import annotations

import ipaddress
import re
import stat
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from survey.settings.model import Problem, Settings

LOOPBACK_NAMES = ("localhost",)
UPSTREAM_LOGS = re.compile(r"none|unknown|days:[1-9][0-9]{0,3}")
DATABASES = ("postgresql://", "postgres://")
LANE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
IMAGE_BACKUPS = ("none", "keys-excluded")


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


@lru_cache(maxsize=1024)
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


def _check_database_url(settings: Settings) -> Problem | None:
    if not settings.database_url or settings.database_url.startswith(DATABASES):
        return None
    return Problem(
        "database_url",
        "is no address of a PostgreSQL database.",
        "Leave it empty for SQLite, or give postgresql://user@host/name.",
    )


def _check_lane(settings: Settings) -> Problem | None:
    if LANE.fullmatch(settings.lane):
        return None
    return Problem(
        "lane",
        f"“{settings.lane}” cannot name a lane.",
        "Small letters, digits and hyphens, 32 at most.",
    )


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
    _check_database_url,
    _check_lane,
)
