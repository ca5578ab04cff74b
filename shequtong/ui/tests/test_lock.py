"""The lock of the front end: every platform's build tools are in it, and no registry is named."""

import json
from pathlib import Path
from typing import Any

LOCK: dict[str, Any] = json.loads((Path(__file__).resolve().parents[3] / "package-lock.json").read_text(encoding="utf-8"))


def test_no_registry_is_named() -> None:
    assert [name for name, package in LOCK["packages"].items() if "resolved" in package] == []


def test_every_package_has_a_hash() -> None:
    assert [name for name, package in LOCK["packages"].items() if name and "integrity" not in package] == []


def test_the_builds_for_other_platforms_are_locked_too() -> None:
    packages = LOCK["packages"]
    missing = [
        optional
        for name, package in packages.items()
        for optional in package.get("optionalDependencies", {})
        if f"node_modules/{optional}" not in packages and f"{name}/node_modules/{optional}" not in packages
    ]
    assert missing == [], "npm ci will refuse this lock: make it from nothing (docs/decisions/0004-ui-own-stylesheet.md)"
