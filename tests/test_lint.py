"""What ruff must refuse: each banned thing is handed to it once, so that a loosened setting is seen."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from shequtong.testing.architecture.contracts import PACKAGE, ROOT

SIGNALS = re.compile(r"^\s*(?:from|import) django\.(?:dispatch|db\.models\.signals|core\.signals)\b", re.MULTILINE)
MAY_LISTEN = {
    "core/apps.py": "post_migrate, to put the installation's place back",
    "core/sealed/hash_field.py": "pre_save, so that no hash is saved without the column it hashes",
}


def _ruff(source: str, name: str) -> str:
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("ruff")),
            "check",
            "--no-cache",
            "--output-format",
            "concise",
            "--stdin-filename",
            name,
            "-",
        ],
        cwd=ROOT,
        input=source,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("from django.http import HttpRequest", "TID251"),
        ("from django.shortcuts import render", "TID251"),
        ("from django.dispatch import receiver", "TID251"),
        ('print("x")', "T201"),
        ("x = 1  # noqa: S101", "RUF100"),
        ("import os", "F401"),
    ],
)
def test_ruff_refuses(line: str, code: str) -> None:
    assert code in _ruff(f'"""Room."""\n\n{line}\n', "shequtong/cases/rules.py")


def test_views_may_answer() -> None:
    source = '"""Room."""\n\nfrom django.shortcuts import render\n\n__all__ = ["render"]\n'
    assert "TID251" not in _ruff(source, "shequtong/cases/views/desk.py")


def test_nobody_listens_to_signals() -> None:
    assert SIGNALS.search("from django.db.models.signals import post_save")
    found = {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if SIGNALS.search(path.read_text(encoding="utf-8"))
    }
    assert {name for name in found if "/tests/" not in name} == MAY_LISTEN.keys()


def test_every_exception_says_why() -> None:
    mute = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"# noqa: TID251(?!  # \w)", line) and "noqa: TID251(" not in line
    ]
    assert mute == []
