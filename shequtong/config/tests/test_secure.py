"""Secure by default (默认安全): what a process without any setting but its data folder serves, looked at from outside."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from shequtong.testing import migrated
from shequtong.testing.patience import PATIENCE

# Run in a process of its own: the settings of the tests are those of the demo.
LOOK = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("check", deploy=True, fail_level="WARNING")
plain = Client().get("/sign-in/", HTTP_HOST="localhost")
page = Client().get("/sign-in/", HTTP_HOST="localhost", secure=True)
elsewhere = Client().get("/sign-in/", HTTP_HOST="evil.example", secure=True)
print(json.dumps({
    "plain": [plain.status_code, plain.headers.get("Location", "")], "status": page.status_code, "headers": dict(page.headers),
    "cookies": {name: [bool(morsel["secure"]), bool(morsel["httponly"]), morsel["samesite"]] for name, morsel in page.cookies.items()},
    "session": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY], "elsewhere": elsewhere.status_code,
    "outbox": Client().get("/dev/outbox/", HTTP_HOST="localhost", secure=True).status_code, "debug": settings.DEBUG,
}))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of that process, as `migrate` made it without any setting."""
    folder = tmp_path_factory.mktemp("fresh") / "data"
    migrated.lay_data(folder)
    return folder


@pytest.fixture(scope="module")
def seen(data: Path) -> dict[str, object]:
    """What it serves."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**bare, "SHEQUTONG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "shequtong.config.settings"}
    # What nobody else can know.
    environment["SHEQUTONG_SITE_URL"] = "https://shequtong.example"
    environment["MESSAGING_GATEWAY"] = "provider.of.the.place"
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_everything_goes_by_https_to_names_we_answer_to(seen: dict[str, object]) -> None:
    assert seen["plain"] == [301, "https://localhost/sign-in/"]
    assert (seen["status"], seen["elsewhere"], seen["debug"]) == (200, 400, False)


def test_pages_carry_hsts_and_a_strict_policy(seen: dict[str, object]) -> None:
    headers = seen["headers"]
    assert isinstance(headers, dict)
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"


def test_cookies_go_by_https_only_and_no_script_reads_them(seen: dict[str, object]) -> None:
    assert seen["session"] == [True, True]
    assert isinstance(seen["cookies"], dict)
    assert seen["cookies"]
    assert {tuple(of) for of in seen["cookies"].values()} == {(True, True, "Lax")}


def test_what_the_demo_shows_is_not_there(seen: dict[str, object]) -> None:
    assert seen["outbox"] == 404


def test_keys_are_made_for_nobody_else_to_read(seen: dict[str, object], data: Path) -> None:
    files = [path for path in (data / "keys").iterdir() if path.is_file()]
    assert {"secret_key", "sealing.json", "audit.key"} <= {path.name for path in files}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
