"""Which tests stay with one worker of pytest-xdist (同组测试): those of a folder that play one story or share one server.

And which are played once (只测一遍): what asks no database is the same on both engines, so SQLite's run, which comes first, is enough.

pytest-xdist 3.8 hands the names of its groups over in an id that pytest 9.2 no longer lets it write, so that `--dist loadgroup`
scatters them without a word (pytest-dev/pytest-xdist#1386). Each of our groups is a folder, and a folder stands in every id.
"""

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadGroupScheduling

TOGETHER = ("browser", "counted", "crash")
# Of tests/browser, with a server and a clock each: wherever there is room.
OWN_SERVER = ("hard_case", "hotline", "night", "suggested")
WITH = {"deploy": "crash"}  # folders that share what another folder has: ports and processes of a server
NO_SERVER = ("every_address",)  # pages that are drawn, not served
# Over a minute each, and dealt out singly: begun last, one worker would end with them while the others have nothing left to do.
LONG = (
    "shequtong/triage/tests/test_measured.py",
    "tests/test_leaks.py",
    "tests/test_leaks_registry.py",
    "tests/test_distribute.py",
)


class ByFolder(LoadGroupScheduling):  # type: ignore[misc]  # xdist tells no types
    """As `--dist loadgroup`, with the groups read from the folders; what is long is begun first, groups before single tests."""

    _sorted = False

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid) or nodeid

    def _assign_work_unit(self, node: object) -> None:
        if not self._sorted:
            self._sorted = True
            for scope in [one for one in self.workqueue if is_long(one)][::-1]:
                self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)


def is_long(scope: str) -> bool:
    """Whether a group, or a test that is dealt out singly, takes over a minute."""
    return scope in (*TOGETHER, *OWN_SERVER, *NO_SERVER) or scope.startswith(tuple(f"{file}::" for file in LONG))


def group_of(nodeid: str) -> str:
    """The group of a test: its folder under tests/ when that stays together, or its story, else none."""
    parts = nodeid.split("/")
    if len(parts) > 2 and parts[0] == "tests" and parts[1] in WITH:
        return WITH[parts[1]]
    if len(parts) < 3 or parts[0] != "tests" or parts[1] not in TOGETHER:
        return ""
    story = parts[2].partition(".py")[0].removeprefix("test_")
    return story if parts[1] == "browser" and story in (*OWN_SERVER, *NO_SERVER) else parts[1]


# Who names one of these reaches a database without a fixture: by a connection of its own, or in a process that it starts.
_REACHES = ("connection", "DATABASE_URL", "url_of", "subprocess", "Victim")
_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup"})


def asks_no_database(item: pytest.Item) -> bool:
    """Whether a test neither asks for a database nor lies in a file that could reach one otherwise."""
    if _FIXTURES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
        return False
    text = _text(item.path)
    return not any(word in text for word in _REACHES)


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
