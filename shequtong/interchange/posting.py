"""Posting to somebody else's server (对外推送请求): https to a public address alone, resolved once and kept to, no redirect followed, bounded in time and size."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 5.0  # for connecting and all that follows; how long a name is looked up is the resolver's
_MOST = 2048  # bytes of an answer that are read, and thrown away


class NotAllowedError(Exception):
    """The address is none that may be posted to; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Posted:
    """What came of it: a status, or the code of an error."""

    status: int = 0
    error: str = ""

    @property
    def arrived(self) -> bool:
        """Any 2xx."""
        return 200 <= self.status < 300


def check_address(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address that may be posted to. Raises NotAllowedError; looks nothing up."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowedError("not_an_address") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_ANYWHERE):
        raise NotAllowedError("not_https")
    if not host or parts.username is not None or parts.fragment or not url.isascii() or any(one <= " " for one in url):
        raise NotAllowedError("not_an_address")
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        _refuse_private(found)
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80)


def resolve(host: str, port: int) -> str:
    """One address of the host; NotAllowedError when any of them is private, loopback or otherwise not of the public network."""
    found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for address in found:
        _refuse_private(ipaddress.ip_address(address.partition("%")[0]))
    return min(
        found, key=lambda one: (":" in one, one)
    )  # IPv4 where there is one: not every server of ours has a way out by IPv6


def _refuse_private(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if settings.WEBHOOKS_ANYWHERE:
        return
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    outside = inner.is_global and found.is_global and not (inner.is_multicast or inner.is_reserved)
    if not outside:
        raise NotAllowedError("private_address")


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
    """Send it once. Never raises: what went wrong is a code without anybody's words."""
    try:
        scheme, host, port = check_address(url)
        address = resolve(host, port)
        return Posted(_sent(scheme, host, port, address, url, body, headers))
    except NotAllowedError as refused:
        return Posted(error=refused.code)
    except socket.gaierror:
        return Posted(error="no_such_host")
    except TimeoutError:
        return Posted(error="timeout")
    except ssl.SSLError:
        return Posted(error="tls")
    except Exception as error:  # whatever a stranger's answer leads to: the marks of the others posted beside it must be made
        return Posted(error=type(error).__name__[:40])


def _sent(scheme: str, host: str, port: int, address: str, url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Over a connection to the very address that was looked at: what the name says a moment later does not matter."""
    late, until = threading.Event(), time.monotonic() + SECONDS
    # Of the descriptor itself TLS takes possession; ending the connection by its twin wakes whoever reads from it, whatever lies above.
    with socket.create_connection((address, port), timeout=SECONDS) as plain, plain.dup() as twin:

        def give_up() -> None:
            late.set()
            with_shutdown(twin)

        clock = threading.Timer(max(until - time.monotonic(), 0.0), give_up)  # a server that drips is not waited for
        clock.daemon = True
        clock.start()
        try:
            speaking = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
            connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
            connection.default_port = 443 if scheme == "https" else 80  # else the port stands in Host
            connection.sock = speaking
            parts = urlsplit(url)
            connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, dict(headers))
            answer = connection.getresponse()
            answer.read(_MOST)
            if late.is_set():  # an end within the headers looks like their end
                raise TimeoutError
            return answer.status
        except (OSError, http.client.HTTPException):
            if late.is_set():
                raise TimeoutError from None
            raise
        finally:
            clock.cancel()


def with_shutdown(plain: socket.socket) -> None:
    """Wake whoever reads from it."""
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
