"""Stories stay with one worker: a morning that is dealt out over two finds no case that the other has made."""

import re
from collections import OrderedDict
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

from shequtong.testing.architecture.contracts import ROOT
from shequtong.testing.architecture.tree import tracked
from tests.scheduling import LONG, NO_SERVER, OWN_SERVER, TOGETHER, ByFolder, asks_no_database, group_of, is_long

MARK = re.compile(r"xdist_group\(\"(\w+)\"\)")


def marked() -> dict[PurePosixPath, str]:
    """Files of tests that ask to stay together, with the name of their group."""
    texts = ((path, (ROOT / path).read_text(encoding="utf-8")) for path in tracked() if path.name.startswith("test_"))
    return {path: found.group(1) for path, text in texts if (found := MARK.search(text))}


def test_what_is_marked_stays_together() -> None:
    found = marked()
    assert set(found.values()) == {*TOGETHER, *OWN_SERVER, *NO_SERVER}
    assert {path: group_of(f"{path}::test_a[b/c]") for path in found} == found


def test_a_story_apart_has_a_server_of_its_own() -> None:
    stories = [path for path in tracked() if path.match("tests/browser/test_*.py")]
    own = {path.stem for path in stories if "demo_server(" in (ROOT / path).read_text(encoding="utf-8")}
    assert own == {f"test_{story}" for story in OWN_SERVER}


def test_who_needs_no_server_asks_for_none() -> None:
    for one in NO_SERVER:
        text = (ROOT / f"tests/browser/test_{one}.py").read_text(encoding="utf-8")
        assert not re.search(r"\b(address|day|cast|stage): ", text)


@pytest.mark.parametrize(
    "nodeid", ["tests/test_words.py::test_a", "shequtong/cases/tests/test_numbers.py::test_a", "tests/simulator/test_a.py::t"]
)
def test_others_are_dealt_out_singly(nodeid: str) -> None:
    assert group_of(nodeid) == ""


def test_what_is_long_is_begun_first() -> None:
    assert [file for file in LONG if not (ROOT / file).is_file()] == []
    dealt: list[str] = []

    class Deals(ByFolder):
        """Without workers: what would be dealt out, in its order."""

        def __init__(self) -> None:
            self.workqueue = OrderedDict.fromkeys(
                ["crash", "tests/test_a.py::t", "night", f"{LONG[-1]}::t", "tests/test_b.py::t"]
            )

    deals, assigned = Deals(), LoadGroupScheduling._assign_work_unit
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            LoadGroupScheduling, "_assign_work_unit", lambda self, node: dealt.append(self.workqueue.popitem(last=False)[0])
        )
        for _worker in range(5):
            deals._assign_work_unit(object())
    assert LoadGroupScheduling._assign_work_unit is assigned
    assert dealt == ["crash", "night", f"{LONG[-1]}::t", "tests/test_a.py::t", "tests/test_b.py::t"]
    assert not is_long("tests/test_leaks_other.py::t")


def test_pytest_asks_for_it(pytestconfig: pytest.Config) -> None:
    hooks = pytestconfig.pluginmanager.hook.pytest_xdist_make_scheduler.get_hookimpls()
    assert any(hook.function.__module__ == "conftest" for hook in hooks)


@pytest.mark.parametrize(
    ("code", "fixtures", "marks", "none"),
    [
        ("def test_sum(): ...", ["tmp_path"], [], True),
        ("def test_rows(db): ...", ["db"], [], False),
        ("def test_in_it(town): ...", ["town", "db"], [], False),
        ("def test_marked(): ...", [], ["django_db"], False),
        ("import subprocess", [], [], False),
        ("from django.db import connection", [], [], False),
    ],
)
def test_what_asks_no_database_is_told_by_its_fixtures_marks_and_file(
    tmp_path: Path, code: str, fixtures: list[str], marks: list[str], none: bool
) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(code)
    item: Any = SimpleNamespace(path=file, fixturenames=fixtures, get_closest_marker=lambda mark: mark if mark in marks else None)
    assert asks_no_database(item) is none
