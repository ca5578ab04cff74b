"""The role table: every permission in it exists, every one that exists is held by somebody, and administrators see no case."""

import importlib
import pkgutil

import shequtong
from shequtong.cases import permissions as cases
from shequtong.config.roles import ROLES

# 定时流转: what time does is the worker's alone.
NOBODYS = {cases.RUN_CLOCK}


def _existing() -> set[str]:
    found: set[str] = set()
    for area in pkgutil.iter_modules(shequtong.__path__):
        try:
            found |= set(importlib.import_module(f"shequtong.{area.name}.permissions").ALL)
        except ModuleNotFoundError:
            continue
    return found


def test_permissions_and_roles_know_of_each_other() -> None:
    held = set[str]().union(*(role.permissions for role in ROLES.roles.values()), ROLES.resident, ROLES.anyone)
    assert sorted(held - _existing()) == []
    assert sorted(_existing() - held - NOBODYS) == []
    assert not held & NOBODYS


def test_administrators_see_no_case_and_nobody_else_gives_rights() -> None:
    for role in ROLES.roles.values():
        assert not (role.administrator and any(permission.startswith("cases.") for permission in role.permissions))
        # Who leads a street gives rights within it, below themselves (decision 0014).
        assert role.gives_rights == (role.code in ("security_admin", "subdistrict_supervisor"))
