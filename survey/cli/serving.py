"""The command `serve`: the pages of an instance, until interrupted."""

from __future__ import annotations

import click

from survey.cli.context import opened_instance


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True)
def serve_command(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages until interrupted.

    Started by a service manager that has opened a socket, it serves on that one.
    """
    from survey.cli import server

    instance = opened_instance()
    instance.engine.dispose()
    shown = f"[{host}]" if ":" in host else host
    where = (
        "the socket it was given" if server.given_socket() else f"http://{shown}:{port}"
    )
    click.echo(f"Serving on {where} — stop with Ctrl+C")
    bind = f"{shown}:{port}"
    server.serve(instance.settings, server.options(bind, workers, threads))
