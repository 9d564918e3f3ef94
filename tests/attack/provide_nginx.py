"""Find an nginx for `make slow`, or get one, or say in one sentence why not.

Prints the path. Order: $NGINX, an installed one, Debian's. Run with `python -m`.
"""

from __future__ import annotations

import os
import shutil
import sys

from tests.browser.provide import succeeds
from tests.serving.nginx import SEARCHED

APT_SECONDS = 300


def installed() -> str | None:
    """An nginx on the path; Debian keeps it where only root looks."""
    return shutil.which(os.environ.get("NGINX", "")) or shutil.which(
        "nginx", path=SEARCHED
    )


def from_debian() -> str | None:
    """Debian's package, when this user may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    install = ["apt-get", "install", "-y", "--no-install-recommends", "nginx-light"]
    for command in (["apt-get", "update"], install):
        if not succeeds(command, APT_SECONDS // 2):
            return None
    return installed()


def main() -> str:
    """The path of an nginx."""
    found = installed() or from_debian()
    if found is None:
        sys.exit(
            "No nginx for the long attacks: install nginx (or set NGINX to its path) "
            "and run the step again."
        )
    return found


if __name__ == "__main__":
    sys.stdout.write(main() + "\n")
