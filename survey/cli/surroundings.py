"""What `doctor` looks at around an instance: files, disks, memory, proxies.

Changes nothing and opens no database. What only concerns people who can read the
whole machine is noted, not called wrong: no program can mend it.
"""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from survey.cli.finding import Finding, wrong

if TYPE_CHECKING:
    from survey.settings import Settings

FEWEST_FREE_BYTES = 256 << 20
FEWEST_FREE_PART = 0.02
PRIVATE = ("settings.toml", "survey.sqlite*", "drafts.sqlite*", "packages", "codes")
SWAPS = Path("/proc/swaps")
DEVICES = Path("/sys/class/block")


def permissions(settings: Settings) -> Iterator[Finding]:
    """Files that others can read, or that belong to somebody else."""
    private = [one for name in PRIVATE for one in settings.instance.glob(name)]
    for path in sorted([*private, *settings.keys_dir.glob("*")]):
        status = path.stat()
        if status.st_mode & 0o077:
            reason, remedy = "others can read it.", f"Run `chmod -R go= {path}`."
            yield wrong(path, reason, remedy)
        if status.st_uid != os.geteuid():
            yield wrong(
                path,
                "belongs to another user than the one who runs this.",
                "Run every command as the user of the service, or "
                f"`chown USER {path}`.",
            )


def room(settings: Settings) -> Iterator[Finding]:
    """Disks that are nearly full: then nobody's answer can be taken."""
    places = {path.stat().st_dev: path for path in _folders(settings)}
    for path in places.values():
        usage = shutil.disk_usage(path)
        least = max(FEWEST_FREE_BYTES, int(FEWEST_FREE_PART * usage.total))
        if usage.free < min(least, usage.total // 2):
            reason = f"only {usage.free >> 20} MB are free."
            yield wrong(path, reason, "Make room: a full disk refuses every answer.")


def copies(settings: Settings) -> Iterator[Finding]:
    """A file system that keeps what is overwritten, below the database."""
    from survey.urn import place

    kind = place.file_system(settings.instance)
    if kind in place.COPYING:
        yield Finding(
            str(settings.instance),
            f"lies on {kind}, which keeps what is deleted for a while.",
            "Deletion by date is only as good as its snapshots are short-lived.",
        )


def proxies(settings: Settings) -> Iterator[Finding]:
    """An address that only a proxy can serve, while no proxy is trusted."""
    if settings.is_https and settings.trusted_proxies == 0:
        yield wrong(
            "trusted_proxies",
            "public_url is https, so a proxy stands in front, but none is trusted: "
            "everybody seems to come from one address.",
            "Set trusted_proxies to the number of proxies, usually 1.",
        )


def memory(settings: Settings) -> Iterator[Finding]:
    """Ways in which memory reaches a disk."""
    for device in open_swaps(SWAPS, DEVICES):
        yield Finding(
            "swap",
            f"{device} is not encrypted; keys and answers in memory may be written "
            "there.",
            "Run `swapoff -a`, or encrypt it with a key made anew at each start.",
        )
    if resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        yield Finding(
            "core dumps",
            "are allowed; a crash would write keys and answers to a disk.",
            "Set LimitCORE=0 in the service, or run `ulimit -c 0` before it.",
        )


def open_swaps(table: Path, devices: Path) -> list[str]:
    """Places memory is swapped to that are neither encrypted nor memory themselves."""
    if not table.exists():
        return []
    names = [line.split()[0] for line in table.read_text().splitlines()[1:] if line]
    return [name for name in names if not _is_safe(Path(name), devices)]


def _is_safe(device: Path, devices: Path) -> bool:
    name = device.resolve().name if device.exists() else device.name
    mapped = devices / name / "dm" / "uuid"
    if mapped.exists():
        return mapped.read_text().startswith("CRYPT-")
    return name.startswith("zram")


def _folders(settings: Settings) -> list[Path]:
    return [path for path in (settings.instance, settings.keys_dir) if path.is_dir()]


LOOKS = (permissions, room, copies, proxies, memory)
