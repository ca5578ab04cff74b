"""Nothing leaks (个人信息不外泄): the database file, logs, sessions and pages of the demo hold no phone and no resident's name in the clear."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from shequtong.pages.demo.cases import TOLD_NAMES
from shequtong.pages.demo.people import CAST
from shequtong.testing import migrated
from shequtong.testing.leaks import assert_no_plain
from shequtong.testing.patience import PATIENCE

# Staff are shown by name at work; their phones, and residents' names and phones, are sealed.
SECRETS = [*(person.phone for person in CAST), *(person.name for person in CAST if not person.role), *TOLD_NAMES]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo built as `make run` builds it, from the run's migrated folder, walked by everyone, its output kept as a log."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {
        **os.environ,
        "SHEQUTONG_DATA": str(folder / "data"),
        "SHEQUTONG_DEMO": "1",
        "LOG_FORMAT": "json",  # as in production: a line a request
        "DJANGO_SETTINGS_MODULE": "shequtong.config.settings",
    }
    environment.pop("DATABASE_URL", None)
    (folder / "pages").mkdir()
    migrated.lay_data(folder / "data")
    with (folder / "log.txt").open("wb") as log:
        for command in (
            [sys.executable, "manage.py", "demo", "--small", "--cases", "24"],
            [sys.executable, "-m", "tests.leak_walk", str(folder / "pages")],
            [sys.executable, "manage.py", "work", "--once"],
        ):
            out = log if command[2] != "demo" else subprocess.DEVNULL  # who can sign in is printed there on purpose
            subprocess.run(
                command, cwd=settings.BASE_DIR, env=environment, stdout=out, stderr=log, check=True, timeout=2 * PATIENCE
            )
    return folder


def test_the_demo_leaks_nothing(demo: Path) -> None:
    pages = sorted((demo / "pages").iterdir())
    assert len(pages) > 400
    files = [path for path in (demo / "data").rglob("*") if path.is_file() and "keys" not in path.parts]
    assert any(path.suffix == ".sqlite3" for path in files)
    assert_no_plain([*files, *pages, demo / "log.txt"], SECRETS)


def test_each_request_has_its_line_in_the_log_and_no_line_an_address(demo: Path) -> None:
    lines = [json.loads(line) for line in (demo / "log.txt").read_text().splitlines() if line.startswith("{")]
    answered = [line for line in lines if line["logger"] == "shequtong.requests"]
    assert len(answered) > 400
    assert {"at", "level", "request", "route", "method", "status", "ms", "statements"} <= set.intersection(*map(set, answered))
    assert all(isinstance(line["account"], int) for line in answered if "account" in line)
    assert len({line["request"] for line in answered}) == len(answered)
    assert "/desk/" not in (demo / "log.txt").read_text()


def test_the_scan_would_find_a_leak(demo: Path, tmp_path: Path) -> None:
    leak = tmp_path / "leak.html"
    leak.write_text(f"<p>{SECRETS[0]}</p>", encoding="utf-8")
    with pytest.raises(AssertionError):
        assert_no_plain([leak], SECRETS)
