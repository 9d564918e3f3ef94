"""The command `serve`: gunicorn with threads, and no log about residents."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

import click

from survey.cli.context import opened_instance

if TYPE_CHECKING:
    from flask import Flask

KEEP_ALIVE_SECONDS = 15
LARGEST_FIELD = 8190


class NoAddresses(logging.Filter):
    """Drops the server's lines that name the address of a visitor."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line may be written."""
        message = record.getMessage()
        return "ip=" not in message and "Invalid request" not in message


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True)
def serve_command(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages until interrupted."""
    from gunicorn.app.base import BaseApplication

    instance = opened_instance()
    settings = instance.settings
    instance.engine.dispose()

    class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
        def load_config(self) -> None:
            for name, value in options(host, port, workers, threads).items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            from survey import create_app

            return create_app(settings)

    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving on http://{shown}:{port} — stop with Ctrl+C")
    Server().run()


def options(host: str, port: int, workers: int, threads: int) -> dict[str, Any]:
    """Settings of the server; an access log is not among them."""
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "survey.cli.worker.Worker",
        "keepalive": KEEP_ALIVE_SECONDS,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "limit_request_field_size": LARGEST_FIELD,
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112
        "graceful_timeout": 20,
        "post_worker_init": _quiet,
    }


def _quiet(worker: Any) -> None:
    for handler in logging.getLogger("gunicorn.error").handlers:
        handler.addFilter(NoAddresses())
