"""The list of everything the server may write to its log.

A line that is not on it is held back. docs/operators.md shows the same list to
people; a test holds the list, the page and every call in the code together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HIDDEN = "…"
"""Stands for an argument that nobody shall read."""


@dataclass(frozen=True, slots=True)
class Argument:
    """What one place of a line may hold; anything else is shown as hidden."""

    pattern: str

    def shown(self, text: str) -> str:
        """The text if it is of this kind."""
        return text if re.fullmatch(self.pattern, text) else HIDDEN


# never 16 digits: a code is a number as well
NUMBER = Argument(r"-?[0-9]{1,10}")
NAME = Argument(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}")
SIGNAL = Argument(r"[A-Za-z][A-Za-z0-9 ]{0,19}")
VERSION = Argument(r"[0-9]+(\.[0-9a-z]+){0,3}")
# addresses this machine listens on, of the operator's own choice
LISTENED = Argument(r"[a-z]{0,5}:?(//)?[0-9A-Za-z.:/_@\[\]('%, )-]{1,200}")
_KIND = r"[A-Za-z_][A-Za-z0-9_]{0,79}( [A-Z0-9_]{1,42})?"
KIND = Argument(rf"{_KIND}( from {_KIND}){{0,4}}")
_PLACE = rf"((caused by )?{_KIND}|  [^\n]{{1,300}})"
PLACES = Argument(rf"{_PLACE}(\n{_PLACE}){{0,300}}")
NOTHING = Argument("")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who writes it, how grave it is, its words, what it means."""

    logger: str
    level: str
    text: str
    means: str
    arguments: tuple[Argument, ...] = ()


URN, APP, OURS, SERVER = "survey.urn", "survey.app", "survey.logs", "gunicorn.error"

LINES = (
    Line(
        URN,
        "WARNING",
        "a batch was not stored: %s",
        "the store was out of reach; who sent was asked to press Send again",
        (KIND,),
    ),
    Line(
        URN,
        "ERROR",
        "a batch was not stored: %s",
        "a fault of the program while storing; who sent was asked to press Send again",
        (KIND,),
    ),
    Line(
        URN,
        "WARNING",
        "the daily act was put off: %s",
        "the release is tried again a minute later",
        (KIND,),
    ),
    Line(
        URN,
        "ERROR",
        "the daily act failed: %s",
        "a fault of the program during the release; it is tried again",
        (KIND,),
    ),
    Line(
        URN,
        "WARNING",
        "a contact was not noted: %s",
        "the store was out of reach; who left a contact was asked to try again",
        (KIND,),
    ),
    Line(
        "survey.respond.services",
        "WARNING",
        "contacts could not be deleted: %s",
        "the second urn of a survey whose day has come; it is tried again",
        (KIND,),
    ),
    Line(
        URN,
        "ERROR",
        "the invariant of the urn of %s is broken",
        "answers were added or taken away from outside; see `survey status`",
        (NAME,),
    ),
    Line(
        APP,
        "ERROR",
        "a fault at %s\n%s",
        "a page failed: name of the view, kind of the error, places in the program",
        (NAME, PLACES),
    ),
    Line(
        "survey.respond.burst",
        "WARNING",
        "The open link of %s is paused for %d minutes: very many answers came at once.",
        "a flood, or a very good day: `survey status` says more",
        (NAME, NUMBER),
    ),
    Line(
        "survey.language.catalog",
        "ERROR",
        "no translation into %s of: %s",
        "a text was shown in German; which one and to a reader of what is not told",
        (NOTHING, NOTHING),
    ),
    Line(
        OURS,
        "ERROR",
        "a thread ended with a fault",
        "kind of the error and places in the program",
    ),
    Line(
        OURS,
        "WARNING",
        "%s at %s",
        "a library warns: kind of the warning and place in the program, no words",
        (KIND, Argument(r"[^\n]{1,200}:[0-9]{1,6}")),
    ),
    Line(
        OURS,
        "WARNING",
        "a line of %s (%s) was held back",
        "something wanted to write what is not on this list; told once per process",
        (NAME, NAME),
    ),
    Line(
        SERVER,
        "INFO",
        "Starting gunicorn %s",
        "the server starts",
        (VERSION,),
    ),
    Line(
        SERVER,
        "INFO",
        "Listening at: %s (%s)",
        "addresses of this machine, and the number of the process",
        (LISTENED, NUMBER),
    ),
    Line(
        SERVER,
        "INFO",
        "Using worker: %s",
        "how the server works",
        (NAME,),
    ),
    Line(
        SERVER,
        "INFO",
        "Booting worker with pid: %s",
        "a worker process starts",
        (NUMBER,),
    ),
    Line(
        SERVER,
        "INFO",
        "Worker exiting (pid: %s)",
        "a worker process ends in good order",
        (NUMBER,),
    ),
    Line(
        SERVER,
        "INFO",
        "Handling signal: %s",
        "somebody stops or reloads the server",
        (SIGNAL,),
    ),
    Line(
        SERVER,
        "INFO",
        "Shutting down: %s",
        "the server ends",
        (NAME,),
    ),
    Line(
        SERVER,
        "ERROR",
        "Shutting down: %s",
        "the server gives up",
        (NAME,),
    ),
    Line(
        SERVER,
        "ERROR",
        "Reason: %s",
        "why it gives up, in words of gunicorn's own",
        (Argument(r"(Worker failed to boot|App failed to load)\."),),
    ),
    Line(
        SERVER,
        "CRITICAL",
        "WORKER TIMEOUT (pid:%s)",
        "a worker process hangs and is replaced",
        (NUMBER,),
    ),
    Line(
        SERVER,
        "WARNING",
        "Worker (pid:%s) was sent %s!",
        "a worker process was ended from outside and is replaced",
        (NUMBER, SIGNAL),
    ),
    Line(
        SERVER,
        "ERROR",
        "Worker (pid:%s) was sent %s! Perhaps out of memory?",
        "the same with SIGKILL: look at the memory of the machine",
        (NUMBER, SIGNAL),
    ),
    Line(
        SERVER,
        "ERROR",
        "Worker (pid:%s) exited with code %s.",
        "a worker process ended by itself and is replaced",
        (NUMBER, NUMBER),
    ),
    Line(
        SERVER,
        "ERROR",
        "Connection in use: %s",
        "another program listens there already",
        (LISTENED,),
    ),
    Line(
        SERVER,
        "ERROR",
        "Can't connect to %s",
        "the server cannot listen there and ends",
        (LISTENED,),
    ),
    Line(
        SERVER,
        "ERROR",
        "Exception in worker process",
        "a worker process could not start: kind of the error, places in the program",
    ),
    Line(
        SERVER,
        "ERROR",
        "%s while serving a request",
        "the server failed at a request, before or after the pages: kind of the error",
        (KIND,),
    ),
    Line(
        SERVER,
        "ERROR",
        "Error handling request",
        "the same after the answer had begun: kind and places",
    ),
    Line(
        SERVER,
        "ERROR",
        "Socket error processing request.",
        "a connection failed: kind and places, no address",
    ),
)
