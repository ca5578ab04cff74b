"""The sample set-up on this machine (样例部署试运行): deploy/nginx/shequtong.conf with temporary paths and ports, before the real server."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from shequtong.config.supervisor import server_command
from shequtong.testing.patience import PATIENCE

DEPLOY = Path(settings.BASE_DIR) / "deploy"
MAIN = """
daemon off; pid {at}/nginx.pid; error_log {at}/error.log; worker_processes 2; worker_rlimit_nofile 16384; {user}
events {{ worker_connections 4096; }}
http {{
    include /etc/nginx/mime.types; default_type application/octet-stream;
    proxy_temp_path {at}/proxy; fastcgi_temp_path {at}/fastcgi; uwsgi_temp_path {at}/uwsgi; scgi_temp_path {at}/scgi;
    include {at}/shequtong.conf;
}}
"""


def nginx_or_skip() -> str:
    """Where nginx is; without it these tests say loudly that they were not run."""
    if found := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        return found
    pytest.skip("NGINX IS MISSING: the sample set-up was not tried. Install it with: apt-get install -y nginx-light")


def free_port() -> int:
    """One that nobody uses now."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass
class Stand:
    """nginx and the server behind it."""

    at: Path
    environment: Mapping[str, str]
    http: int = field(default_factory=free_port)
    https: int = field(default_factory=free_port)
    behind: int = field(default_factory=free_port)
    running: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    def start_server(self) -> None:
        with (self.at / "server.log").open("ab") as log:
            self.running["server"] = subprocess.Popen(
                server_command("127.0.0.1", self.behind),
                cwd=settings.BASE_DIR,
                env=dict(self.environment),
                stdout=log,
                stderr=log,
            )
        self._wait(self.behind)

    def start_nginx(self, nginx: str) -> None:
        certificate(self.at)
        (self.at / "shequtong.conf").write_text(self.configured(), encoding="utf-8")
        user = f"user {os.environ.get('USER') or 'root'};" if os.getuid() == 0 else ""
        (self.at / "nginx.conf").write_text(MAIN.format(at=self.at, user=user), encoding="utf-8")
        command = [nginx, "-p", str(self.at), "-c", str(self.at / "nginx.conf"), "-e", str(self.at / "error.log")]
        tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tested.returncode == 0, tested.stderr
        self.running["nginx"] = subprocess.Popen(command)
        self._wait(self.https)

    def configured(self) -> str:
        """The file as it is shipped, with what differs here."""
        text = (DEPLOY / "nginx" / "shequtong.conf").read_text(encoding="utf-8")
        changes = {
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.https} ssl http2;",
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
            "shequtong.example.gov.cn": "localhost",
            "/etc/ssl/shequtong/": f"{self.at}/",
            "127.0.0.1:8000": f"127.0.0.1:{self.behind}",
            "/srv/shequtong/": f"{self.environment['SHEQUTONG_DATA']}/",
            "/opt/shequtong/": f"{settings.BASE_DIR}/",
            "/var/log/nginx/": f"{self.at}/",
            "/dev/shm/nginx-bodies": f"{self.at}/bodies",
        }
        for shipped, here in changes.items():
            assert shipped in text, shipped
            text = text.replace(shipped, here)
        return text

    def end(self, name: str) -> None:
        """SIGTERM to our own process, by its own number."""
        if (process := self.running.pop(name, None)) is not None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)

    @staticmethod
    def _wait(port: int) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"nobody listens on {port}")

    def line(self) -> HTTPSConnection:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return HTTPSConnection("127.0.0.1", self.https, timeout=60, context=trusting)

    def get(self, path: str, line: HTTPConnection | None = None, **headers: str) -> Answer:
        """By HTTPS through nginx unless a line is given."""
        line = line or self.line()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request("GET", path, headers={"Host": "localhost", **named})
        came = line.getresponse()
        return Answer(came.status, came.headers, came.read())

    def at_once(self, wanted: list[tuple[str, dict[str, str]]]) -> list[Answer]:
        """All these at one moment, each on a line of its own that stands already."""
        found: list[Answer | None] = [None] * len(wanted)
        ready = threading.Barrier(len(wanted))

        def ask(at: int) -> None:
            line = self.line()
            line.connect()
            ready.wait(PATIENCE)
            found[at] = self.get(wanted[at][0], line, **wanted[at][1])

        threads = [threading.Thread(target=ask, args=(at,)) for at in range(len(wanted))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        return [answer for answer in found if answer is not None]


def certificate(folder: Path) -> None:
    """One that we signed ourselves, under the names of the sample."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*plain))


def shipped_environment(data: Path, database: str) -> dict[str, str]:
    """deploy/environment as systemd reads it, with what differs here."""
    found = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    for line in (DEPLOY / "environment").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _is, value = line.partition("=")
            found[name] = value.replace("/srv/shequtong", str(data)).replace("shequtong.example.gov.cn", "localhost")
    found |= {"METRICS_FOLDER": str(data / "metrics"), "DATABASE_URL": database, "READY_FREE_MB": "1"}
    return found | {"DJANGO_SETTINGS_MODULE": "shequtong.config.settings"}


@contextmanager
def standing(at: Path, environment: Mapping[str, str]) -> Iterator[Stand]:
    """Both running, both ended by their own numbers."""
    nginx = nginx_or_skip()
    stand = Stand(at, environment)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=dict(environment), check=True, timeout=PATIENCE)
    try:
        stand.start_server()
        stand.start_nginx(nginx)
        yield stand
    finally:
        stand.end("nginx")
        stand.end("server")
