"""What is shipped beside nginx: units that systemd accepts, settings that PostgreSQL accepts, an environment with every setting, and a clean `check --deploy`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shequtong.config.supervisor import server_command
from shequtong.testing.patience import PATIENCE
from tests.deploy.stand import DEPLOY, shipped_environment

UNITS = sorted((DEPLOY / "systemd").iterdir())
# Said in words in the file, each with a reason not to be set there.
NOT_FOR_PRODUCTION = frozenset({"SHEQUTONG_DEMO", "PORT"})


def test_the_environment_names_every_setting() -> None:
    text = (DEPLOY / "environment").read_text(encoding="utf-8")
    folder = Path(settings.BASE_DIR) / "shequtong" / "config" / "settings"
    asked = {name for path in folder.glob("*.py") for name in re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", path.read_text("utf-8"))}
    assert sorted(name for name in asked - NOT_FOR_PRODUCTION if not re.search(rf"\b{name}\b", text)) == []


def test_checks_for_production_are_clean_with_it(tmp_path: Path) -> None:
    known = {"SHEQUTONG_SITE_URL": "https://shequtong.example.gov.cn", "MESSAGING_GATEWAY": "provider.of.the.place"}
    environment = shipped_environment(tmp_path / "data", "") | known
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr
    for gateway in ("ConsoleGateway", "FileGateway"):
        bare = {**environment, "SHEQUTONG_SITE_URL": "", "MESSAGING_GATEWAY": f"shequtong.messaging.gateways.{gateway}"}
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=bare, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode != 0
        assert all(name in done.stderr for name in ("config.W001", "config.W002")), gateway


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_unit(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("SYSTEMD IS MISSING: the units were not looked at")
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace("/opt/shequtong/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text.replace("/opt/shequtong", str(settings.BASE_DIR)), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    said = [line for line in done.stderr.splitlines() if unit.stem.split(".")[0] in line]
    assert said == [], done.stderr
    assert done.returncode == 0, done.stderr


def test_units_run_what_the_platform_itself_runs() -> None:

    web = (DEPLOY / "systemd" / "shequtong-web.service").read_text(encoding="utf-8")
    fixed = [part for part in server_command("127.0.0.1", 8000)[1:] if part != str(settings.SERVER_WORKERS)]
    assert [part for part in fixed if part not in web] == []


@pytest.mark.django_db
def test_postgresql_knows_each_setting() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("asked of PostgreSQL in its own run")
    text = (DEPLOY / "postgresql" / "shequtong.conf").read_text(encoding="utf-8")
    named = re.findall(r"^(\w+) = (\S+)", text, re.MULTILINE)
    assert len(named) > 20
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings")
        known = {name for (name,) in cursor.fetchall()}
    assert sorted(name for name, _value in named if name not in known) == []
