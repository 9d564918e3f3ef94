"""Find a Chromium for the browser tests, or get one, or say in one sentence why not.

Prints the path. Order: $CHROMIUM, an installed one, Playwright's own, Debian's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "chrome")
PLAYWRIGHT_SECONDS, APT_SECONDS = 120, 300


def succeeds(command: Sequence[str], seconds: int) -> bool:
    """Whether a command ends well in time; its output goes nowhere."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def named() -> str | None:
    """The browser the environment names."""
    return shutil.which(os.environ.get("CHROMIUM", "")) or None


def installed() -> str | None:
    """A browser on the path."""
    return next((found for name in INSTALLED if (found := shutil.which(name))), None)


def from_playwright() -> str | None:
    """Playwright's own headless browser, fetched when it is not there yet."""
    command = [sys.executable, "-m", "playwright", "install", "chromium-headless-shell"]
    if not succeeds(command, PLAYWRIGHT_SECONDS):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    shells = path.parents[2].glob("chromium_headless_shell-*/*/*headless*shell*")
    candidates = [path, *sorted(shells)]
    return next((str(c) for c in candidates if os.access(c, os.X_OK)), None)


def from_debian() -> str | None:
    """Debian's package, when this user may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]):
        if not succeeds(command, APT_SECONDS // 2):
            return None
    return installed()


WAYS: tuple[Callable[[], str | None], ...] = (
    named,
    installed,
    from_playwright,
    from_debian,
)


def main() -> str:
    """The path of a browser that starts."""
    if os.environ.get("CHROMIUM") and not named():
        sys.exit(f"CHROMIUM names {os.environ['CHROMIUM']!r}, which cannot be run.")
    for way in WAYS:
        if found := way():
            return found
    sys.exit(
        "No Chromium for the browser tests: install chromium (or set CHROMIUM to "
        "its path) and run the step again."
    )


if __name__ == "__main__":
    sys.stdout.write(main() + "\n")
