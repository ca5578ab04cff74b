"""Where events may be posted: to public https addresses alone, looked up once; no redirect is followed, nobody is waited for."""

import socket
import ssl
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pytest_django import Settings

from shequtong.interchange.posting import Posted, post
from shequtong.interchange.testing import make_key
from shequtong.interchange.usecases import open_subscription
from shequtong.interchange.webhooks import LABELS
from shequtong.testing.town import NOON, TOWN_HALL, Town
from tests.deploy.stand import certificate

pytestmark = pytest.mark.django_db
URL, ALL = "https://hooks.example.org/in", frozenset(LABELS)


class TestWhereItMayGo:
    @pytest.mark.parametrize(
        "address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "192.168.1.1", "0.0.0.0", "::1", "fd00::1", "::ffff:127.0.0.1"]
    )
    def test_a_name_that_leads_to_a_private_address_is_refused_when_sending(
        self, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        good = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
        bad = (family, socket.SOCK_STREAM, 6, "", (address, 443))
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: [good, bad])
        monkeypatch.setattr(socket, "create_connection", lambda *_args, **_named: pytest.fail("it connected"))
        assert post(URL, b"{}", {}).error == "private_address"

    @pytest.mark.parametrize(
        "url",
        ["http://example.org/", "https://127.0.0.1/", "https://[::1]/", "ftp://example.org", "https://u:p@example.org/", "x"],
    )
    def test_an_address_of_the_wrong_kind_is_refused_when_opening(self, town: Town, url: str) -> None:
        key, _told = make_key(town.street, may="read")
        with pytest.raises(Exception, match=r"https"):
            open_subscription(key_id=key.pk, url=url, kinds=ALL, by=TOWN_HALL, now=NOON)

    def test_over_the_network_no_redirect_is_followed_and_a_slow_one_is_left(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.WEBHOOKS_ANYWHERE = True
        monkeypatch.setattr("shequtong.interchange.posting.SECONDS", 0.5)
        seen = []

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                seen.append((self.path, self.rfile.read(int(self.headers["Content-Length"])), self.headers["webhook-id"]))
                if self.path == "/slow":
                    return  # says nothing, and the connection is closed by who waited
                self.send_response(302 if self.path == "/away" else 200)
                self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(b"x" * 100_000)

            def log_message(self, *_args: object) -> None:
                """Nothing."""

        with HTTPServer(("127.0.0.1", 0), Answering) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            base = f"http://127.0.0.1:{server.server_port}"
            assert post(f"{base}/in", b"{}", {"webhook-id": "evt_1"}) == Posted(200)
            assert post(f"{base}/away", b"{}", {"webhook-id": "evt_2"}) == Posted(302)
            assert post(f"{base}/slow", b"{}", {"webhook-id": "evt_3"}).error
            server.shutdown()
        assert [path for path, _body, _id in seen] == ["/in", "/away", "/slow"]
        with socket.create_server(("127.0.0.1", 0)) as silent:
            assert post(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {}).error == "timeout"

    def test_one_that_drips_within_tls_is_left_in_time(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        settings.WEBHOOKS_ANYWHERE = True
        monkeypatch.setattr("shequtong.interchange.posting.SECONDS", 0.6)
        certificate(tmp_path)
        monkeypatch.setattr(ssl, "create_default_context", ssl._create_unverified_context)  # its certificate is its own
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "fullchain.pem", tmp_path / "privkey.pem")
        seen = []

        def drip(listening: socket.socket) -> None:
            line = context.wrap_socket(listening.accept()[0], server_side=True)
            seen.append(line.recv(4096))
            try:
                for letter in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200:
                    line.sendall(bytes([letter]))
                    time.sleep(0.05)
            except OSError:
                pass

        with socket.create_server(("127.0.0.1", 0)) as listening:
            Thread(target=drip, args=(listening,), daemon=True).start()
            port, began = listening.getsockname()[1], time.monotonic()
            assert post(f"https://127.0.0.1:{port}/in", b"{}", {}).error == "timeout"
            assert time.monotonic() - began < 3
        assert f"Host: 127.0.0.1:{port}".encode() in seen[0]
