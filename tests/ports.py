"""A port of the loopback for a server under test, whoever else looks for one."""

from __future__ import annotations

import random
import socket

TRIES = 200


def free_port() -> int:
    """A port below those the system hands out by itself.

    Chosen at random, so that test processes side by side do not take the same.
    """
    for port in random.SystemRandom().sample(range(20_000, 32_000), TRIES):
        with socket.socket() as candidate:
            try:
                candidate.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")
