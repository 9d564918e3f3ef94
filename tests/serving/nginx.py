"""A real nginx with the shipped configuration, moved to free ports and a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.ports import free_port
from tests.rules.sources import ROOT
from tests.serving.client import Client
from tests.serving.server import until

SHIPPED = ROOT / "docs" / "examples" / "nginx.conf"
NAME, INSTANCE = "umfrage.ort-a.example", "ort-a"

# what a town that never thought of logs would have in the same places
NAIVE = {
    "error_log /dev/null emerg;": "error_log {folder}/error.log info;",
    "access_log off;": "log_format full '$remote_addr $request $status "
    "$http_user_agent $http_accept_language'; access_log {folder}/access.log full;",
    "    client_body_buffer_size 1m;\n": "    client_body_buffer_size 8k;\n",
}


@dataclass(frozen=True)
class Nginx:
    """A running nginx: its folder and the ports it serves on."""

    folder: Path
    http: int
    https: int
    process: subprocess.Popen[bytes]

    def client(self, source: str = "", **headers: str) -> Client:
        """Somebody who comes by the name of the town, over TLS."""
        base = f"https://{NAME}:{self.https}"
        at = ("127.0.0.1", self.https)
        given = {"Host": NAME, **headers}
        return Client(base, source, given, at=at, trusted=self.certificate)

    @property
    def certificate(self) -> Path:
        return self.folder / "cert.pem"

    @property
    def written(self) -> dict[str, str]:
        """Every file below its folder that is not its own configuration or key."""
        return {
            str(file.relative_to(self.folder)): file.read_text(errors="replace")
            for file in self.folder.rglob("*")
            if file.is_file() and file.name not in ("nginx.conf", "key.pem", "cert.pem")
        }

    @property
    def body_folders(self) -> list[str]:
        """Folders nginx has made to lay bodies of requests on disk."""
        return [path.name for path in (self.folder / "body").iterdir()]


def program() -> str:
    """Path of nginx, as `make slow` has provided it."""
    found = os.environ.get("NGINX") or shutil.which("nginx", path=SEARCHED)
    assert found, "No nginx; `make slow` provides one."
    return found


SEARCHED = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


def changed(text: str, changes: Mapping[str, str]) -> str:
    """The text with every change made; each must be found."""
    for old, new in changes.items():
        assert old in text, f"not in the shipped configuration: {old}"
        text = text.replace(old, new)
    return text


def _moved(folder: Path, http: int, https: int) -> dict[str, str]:
    user = "root" if os.geteuid() == 0 else ""
    return {
        "user www-data;": f"user {user};" if user else "",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        # with levels: a body laid on disk leaves its folders behind
        "/run/nginx-body": f"{folder}/body 1 2",
        "/run/nginx-proxy": f"{folder}/proxy",
        "/run/nginx-unused": f"{folder}/unused",
        "/run/vielstimmig": str(folder.parent),
        "/etc/ssl/vielstimmig/fullchain.pem": f"{folder}/cert.pem",
        "/etc/ssl/vielstimmig/privkey.pem": f"{folder}/key.pem",
        "listen [::]:80 default_server;": "",
        "listen [::]:80;": "",
        "listen [::]:443 ssl default_server;": "",
        "listen [::]:443 ssl http2;": "",
        "listen 80": f"listen 127.0.0.1:{http}",
        "listen 443": f"listen 127.0.0.1:{https}",
        "timeout 20s": "timeout 1s",
        "worker_processes auto;": "worker_processes 1;",
    }


def configured(folder: Path, http: int, https: int, *, naive: bool) -> str:
    """The shipped configuration with other places, or the careless one."""
    text = changed(SHIPPED.read_text(encoding="utf-8"), _moved(folder, http, https))
    if naive:
        text = changed(text, {k: v.format(folder=folder) for k, v in NAIVE.items()})
    return text


@contextmanager
def proxying(folder: Path, *, naive: bool = False) -> Iterator[Nginx]:
    """nginx in front of the socket ``ort-a.sock`` beside its folder."""
    folder.mkdir()
    http, https = free_port(), free_port()
    certify(folder)
    text = configured(folder, http, https, naive=naive)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    (folder / "body").mkdir()
    command = [program(), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    command += ["-e", str(folder / "start.log"), "-g", "daemon off;"]
    with (folder / "printed").open("wb") as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=printed)
    nginx = Nginx(folder, http, https, process)
    try:
        until(lambda: _answers(nginx), process, "nginx to answer")
        yield nginx
    finally:
        process.terminate()
        process.wait(30)


def _answers(nginx: Nginx) -> bool:
    assert nginx.process.poll() is None, nginx.written
    with suppress(OSError):
        return nginx.client().get("/health").status_code > 0
    return False


def certify(folder: Path) -> None:
    """A key and a certificate for the name of the town."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    built = built.public_key(key.public_key()).serial_number(1)
    built = built.not_valid_before(now).not_valid_after(now + timedelta(1))
    named = x509.SubjectAlternativeName([x509.DNSName(NAME)])
    built = built.add_extension(named, critical=False)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    built = built.add_extension(own, critical=False)
    above = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
    built = built.add_extension(above, critical=False)
    basic = x509.BasicConstraints(ca=True, path_length=0)
    certificate = built.add_extension(basic, critical=True).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
