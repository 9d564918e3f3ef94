"""The server behind `survey serve`: gunicorn, its settings and its hooks.

Knows no page; what may be logged stands in survey/logs.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from survey.logs import take_over
from survey.meter import Meter

if TYPE_CHECKING:
    from flask import Flask

    from survey.settings import Settings

KEEP_ALIVE_SECONDS = 15
LARGEST_FIELD = 8190
STOP_SECONDS = 20
# New objects until the young are looked through, and how often that happens until
# older ones are: a request leaves nothing behind that only this would find.
COLLECTED_AFTER = (20_000, 10, 10)
# a worker that is being replaced still holds its row when its successor starts
SPARE_ROWS = 8


class Log(Logger):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn's log without handlers of its own, and without requests."""

    def setup(self, cfg: Any) -> None:
        """Leave every line to the gate of this process."""
        self.cfg = cfg
        self.loglevel = self.LOG_LEVELS["info"]
        self._access_log_enabled = False
        self.error_log.setLevel(self.loglevel)
        self.error_log.propagate = True
        self.access_log.disabled = True

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Write nothing about a request."""


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """The server of one instance."""

    def __init__(self, settings: Settings, given: dict[str, Any]) -> None:
        self._settings = settings
        self._given = given
        workers = int(given["workers"])
        self.meter = Meter(workers + SPARE_ROWS, today=_today)
        super().__init__()

    def load_config(self) -> None:
        """Take our settings; nothing is read from files or variables."""
        for name, value in {**self._given, **self._hooks()}.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application, in the worker: no thread or lock crosses the fork."""
        from survey import create_app

        return create_app(self._settings, meter=self.meter)

    def run(self) -> None:
        """Serve until stopped, with the gate as the only way out."""
        take_over(on_held=self.meter.held)
        super().run()

    def _hooks(self) -> dict[str, Any]:
        return {
            "pre_fork": self._choose_row,
            # gunicorn's own would ask its log about every request
            "pre_request": lambda _worker, _request: None,
            "post_fork": lambda _, worker: self.meter.start(worker.row),
            "child_exit": lambda _, worker: self.meter.ended(worker.row),
            "post_worker_init": _begin_work,
            "worker_exit": _store_what_waits,
        }

    def _choose_row(self, arbiter: Any, worker: Any) -> None:
        taken = {other.row for other in arbiter.WORKERS.values()}
        worker.row = self.meter.free_row(taken)


def options(bind: str, workers: int, threads: int) -> dict[str, Any]:
    """Settings of the server; an access log is not among them."""
    return {
        "bind": bind,
        "workers": workers,
        "threads": threads,
        "worker_class": "survey.cli.worker.Worker",
        "keepalive": KEEP_ALIVE_SECONDS,
        "logger_class": Log,
        "accesslog": None,
        "syslog": False,
        "statsd_host": None,
        "errorlog": "-",
        # it would tell whoever opens it what the server is doing
        "control_socket_disable": True,
        # proxies are believed by `trusted_proxies`, never by a variable or by what
        # gunicorn itself takes for one: no header says anything, whoever sends it
        "forwarded_allow_ips": "*",
        "secure_scheme_headers": {},
        "forwarder_headers": "",
        "limit_request_field_size": LARGEST_FIELD,
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112
        "graceful_timeout": STOP_SECONDS,
    }


def given_socket() -> bool:
    """Whether the service manager has opened the socket already."""
    return os.environ.get("LISTEN_PID") == str(os.getpid())


def serve(settings: Settings, given: dict[str, Any]) -> None:
    """Serve an instance until interrupted."""
    Server(settings, given).run()


def _today() -> Any:
    return datetime.now(UTC).astimezone().date()


def _begin_work(worker: Any) -> None:
    _keep_the_hour(worker)
    # what every request needs is not looked through again for what nobody needs
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def _keep_the_hour(worker: Any) -> None:
    """Begin to look after open surveys at once.

    A writer that started with the first answer would release at that moment, for
    everybody to see when somebody had answered; and never, while nobody does.
    """
    from survey.respond.services import EXTENSION

    shared = worker.wsgi.extensions[EXTENSION]
    for survey in shared.surveys():
        if survey.state == "open":
            shared.urn(survey.slug).watch()


def _store_what_waits(arbiter: Any, worker: Any) -> None:
    """End the writers of a worker that stops: what waits is stored first."""
    from survey.respond.services import EXTENSION

    with suppress(AttributeError, KeyError):  # the application was never made
        for urn in worker.wsgi.extensions[EXTENSION].urns.values():
            urn.stop()
    sys.stdout.flush()
