"""The sample set-up works: pages, static files, photos by nginx, what is too large, what is too much, and a server that is away for a moment."""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.crash.test_kill import inside, own_database
from tests.deploy.stand import Stand, nginx_or_skip, shipped_environment, standing

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("crash")]
PLACE = "tests.crash.drilled"
PAGE = "/glossary/"
AGAIN = set(range(20, 61, 5))  # seconds, one of which who is refused is told


@pytest.fixture(scope="module")
def filled() -> dict[str, Any]:
    """What the place holds; set by `stand`."""
    return {}


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, filled: dict[str, Any]) -> Iterator[Stand]:
    """nginx before the server, on the engine of this run, with the shipped settings."""
    nginx_or_skip()
    folder = tmp_path_factory.mktemp("deploy")
    with own_database(folder) as environment:
        shipped = shipped_environment(Path(environment["SHEQUTONG_DATA"]), environment.get("DATABASE_URL", ""))
        filled |= inside("fill", shipped, PLACE)
        with standing(folder, shipped) as found:
            yield found


def test_pages_come_by_https_with_what_protects_them(stand: Stand) -> None:
    answer = stand.get("/privacy/")
    assert answer.status == 200, answer.body[:300]
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    plain = stand.get("/privacy/", HTTPConnection("127.0.0.1", stand.http, timeout=10))
    assert (plain.status, plain.headers["Location"]) == (301, "https://localhost/privacy/")
    assert [stand.get(path).status for path in ("/healthz", "/readyz", "/metrics")] == [404, 404, 404]


def test_static_files_come_from_nginx_packed_and_for_ever(stand: Stand) -> None:
    page = stand.get("/privacy/").body.decode()
    (address, *_) = re.findall(r'"(/static/built/assets/[^"]+\.css)"', page)
    answer = stand.get(address, Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["Server"] == "nginx"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "text/css"


def test_a_photo_is_decided_by_the_platform_and_sent_by_nginx(stand: Stand, filled: dict[str, Any]) -> None:
    photo = f"/files/{filled['loose']}/shown"
    answer = stand.get(f"{photo}?claim={filled['claim']}")
    assert (answer.status, answer.body[:2], answer.headers["Content-Type"]) == (200, b"\xff\xd8", "image/jpeg")
    assert answer.headers["Accept-Ranges"] == "bytes"  # the platform itself never says so
    assert "X-Accel-Redirect" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert stand.get(f"{photo}?claim=another").status == 404
    past = HTTPConnection("127.0.0.1", stand.behind, timeout=10)
    told = stand.get(f"{photo}?claim={filled['claim']}", past, X_Forwarded_Proto="https", X_Forwarded_For="203.0.113.7")
    assert (told.body, told.headers["X-Accel-Redirect"][:11]) == (b"", "/protected/")
    assert stand.get(told.headers["X-Accel-Redirect"]).status == 404


def test_what_is_too_large_is_told_in_plain_words(stand: Stand) -> None:
    line = stand.line()
    line.putrequest("POST", "/report/what/", skip_host=True)
    for name, value in (
        ("Host", "localhost"),
        ("Content-Type", "multipart/form-data; boundary=x"),
        ("Content-Length", str(90 * 2**20)),
    ):
        line.putheader(name, value)
    line.endheaders()
    came = line.getresponse()
    assert came.status == 413
    assert "一次最多上传 80 MB" in came.read().decode()


def test_beyond_capacity_one_is_asked_to_come_back_and_soon_served(stand: Stand) -> None:
    assert stand.get(PAGE).status == 200
    began = time.monotonic()
    answers = stand.at_once([(PAGE, {})] * 150)
    statuses = Counter(answer.status for answer in answers)
    sys.stdout.write(f"150 at once: {dict(statuses)} in {time.monotonic() - began:.1f} s\n")
    assert len(answers) == 150
    assert set(statuses) == {200, 503}, statuses
    assert statuses[200] >= 32
    shed = [answer for answer in answers if answer.status == 503]
    assert "访问的人太多" in shed[0].body.decode()
    # Told one time for all, they would come back as the crowd they were: no time is told to half of them.
    told = Counter(int(answer.headers["Retry-After"]) for answer in shed)
    assert set(told) <= AGAIN, told
    assert len(told) > 2, told
    assert max(told.values()) <= len(shed) / 2, told
    time.sleep(2)
    assert [stand.get(PAGE).status for _ in range(5)] == [200] * 5


def test_screens_that_refresh_themselves_go_first(stand: Stand) -> None:
    time.sleep(2)
    answers = stand.at_once([(PAGE, {"X_Poll": "1"} if at >= 16 else {}) for at in range(32)])
    assert [answer.status for answer in answers[:16]] == [200] * 16
    statuses = Counter(answer.status for answer in answers[16:])
    assert statuses[503] > 0
    assert statuses[200] > 0


def test_a_server_that_starts_again_is_a_short_wait_and_no_error(stand: Stand) -> None:
    stand.end("server")
    away = stand.get(PAGE)
    assert away.status == 503
    assert int(away.headers["Retry-After"]) in AGAIN
    stand.start_server()
    assert stand.get(PAGE).status == 200


def test_one_address_that_asks_without_end_is_told_so(stand: Stand) -> None:
    stand.end("server")  # nginx counts before it hands on, and answers faster alone
    line = stand.line()
    answers = [stand.get(PAGE, line) for _ in range(600)]
    stand.start_server()
    refused = [answer for answer in answers if answer.status == 429]
    assert refused, Counter(answer.status for answer in answers)
    assert "请过一分钟再试" in refused[0].body.decode()


def test_nothing_was_lost_on_the_way(stand: Stand) -> None:
    log = (stand.at / "error.log").read_text()
    assert "[emerg]" not in log
    assert "[crit]" not in log
    server = (stand.at / "server.log").read_text()
    assert '"level": "ERROR"' not in server, server[-2000:]
