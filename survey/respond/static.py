"""Stylesheet, script and icon: read once, packed once, kept by browsers for ever.

Knows nothing of pages.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, abort, request

from survey.headers import FOREVER, REVALIDATE
from survey.respond.rendering import takes_gzip

FOLDER = Path(__file__).parent.parent / "static"
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file; ``version`` changes with its content."""

    body: bytes
    packed: bytes
    kind: str
    version: str


def addresses(app: Flask) -> Callable[[str], str]:
    """Serve the files, and give the address of each with its version."""
    files = {path.name: _read(path) for path in sorted(FOLDER.iterdir())}

    @app.get("/static/<name>")
    def static(name: str) -> Response:
        return _send(files, name)

    return lambda name: f"/static/{name}?v={files[name].version}"


def _read(path: Path) -> File:
    body = path.read_bytes()
    version = blake2b(body, digest_size=6).hexdigest()
    return File(body, gzip.compress(body, 9, mtime=0), KINDS[path.suffix], version)


def _send(files: Mapping[str, File], name: str) -> Response:
    file = files.get(name)
    if file is None:
        abort(404)
    is_packed = takes_gzip()
    response = Response(file.packed if is_packed else file.body, mimetype=file.kind)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    is_current = request.args.get("v") == file.version
    response.headers["Cache-Control"] = FOREVER if is_current else REVALIDATE
    return response
