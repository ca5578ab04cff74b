"""How heavy the first view of a page is (首次打开的大小): all that a browser fetches without the map and the photos, compressed as it is sent."""

import gzip
import re
from collections.abc import Mapping
from pathlib import Path

from django.contrib.staticfiles import finders

LINKED = re.compile(rb'(?:href|src)="(/static/[^"#]+)')
ELSEWHERE = re.compile(rb'(?:src|action|<link[^>]*href)="(?:https?:)?//')
_IN_STYLE = re.compile(rb"url\(['\"]?([^)'\"#]+)")

OFFICE = 200_000  # bytes of a page of the desk or the wall


def too_heavy(pages: Mapping[str, bytes]) -> list[str]:
    """Pages of an office that weigh too much or fetch something elsewhere."""
    found = []
    for name, html in pages.items():
        assert LINKED.search(html), "the front end is not built: run npm run build"
        if (bytes_sent := weight(html)) > OFFICE or ELSEWHERE.search(html):
            found.append(f"{name}: {bytes_sent} bytes")
    return found


def weight(page: bytes) -> int:
    """The page, its styles with their fonts, scripts, drawings and icons: .gz where there is one."""
    names = {address.decode().removeprefix("/static/") for address in LINKED.findall(page)}
    for name in [one for one in names if one.endswith(".css")]:
        names |= {f"{Path(name).parent}/{found.decode()}" for found in _IN_STYLE.findall(_file(name).read_bytes())}
    return len(gzip.compress(page, 6)) + sum(len(_sent(name)) for name in names)


def _file(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


def _sent(name: str) -> bytes:
    smaller = finders.find(f"{name}.gz")
    return (Path(smaller) if isinstance(smaller, str) else _file(name)).read_bytes()
