"""Rooms stay small and say what they are for; nothing is left lying about. Each rule is broken here once and seen."""

from pathlib import Path, PurePosixPath

import pytest

from shequtong.testing.architecture import sizes, tree
from shequtong.testing.architecture.contracts import PACKAGE, ROOT, areas

FILES = tree.tracked()
LONG_FUNCTION = "def close() -> None:\n" + "    x = 1\n" * sizes.FUNCTION


def test_no_room_is_too_long() -> None:
    found = sizes.all_too_long(ROOT, FILES)
    assert sorted(found - sizes.EXCUSED.keys()) == []
    assert sorted(sizes.EXCUSED.keys() - found) == [], "no excuse is needed any more"


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("shequtong/cases/usecases/close_case.py", 150),
        ("shequtong/cases/views/desk.py", 250),
        ("shequtong/cases/urls.py", 60),
        ("shequtong/config/settings/base.py", 80),
        ("shequtong/cases/tests/test_numbers.py", 250),
        ("shequtong/cases/templates/cases/desk/detail.html", 150),
        ("shequtong/cases/templates/cases/desk/_row.html", 40),
    ],
)
def test_a_room_too_long_is_caught(path: str, lines: int) -> None:
    assert list(sizes.too_long(PurePosixPath(path), "\n" * lines)) == []
    assert list(sizes.too_long(PurePosixPath(path), "\n" * (lines + 1))) == [path]


def test_a_function_too_long_is_caught() -> None:
    assert list(sizes.too_long(PurePosixPath("shequtong/cases/sla.py"), LONG_FUNCTION)) == ["shequtong/cases/sla.py::close"]


def test_no_file_holds_what_it_must_not() -> None:
    assert tree.all_forbidden(ROOT, FILES) == []


@pytest.mark.parametrize(
    "line",
    [
        "# TO" + "DO: later",
        "This page is coming " + "soon.",
        "cd /ho" + "me/someone/shequtong",
        "open('/ro" + "ot/file')",
        '"resolved": "https://registry.' + 'npmjs.org/vite"',
        "--index-url https://py" + "pi.org/simple",
        "x = y  # type: " + "ignore",
        "x = y  # type: " + "ignore[attr-defined]",
    ],
)
def test_a_forbidden_line_is_caught(line: str) -> None:
    assert len(list(tree.forbidden(line))) == 1


def test_every_file_says_what_it_is_for() -> None:
    python = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]
    mute = [found for path in python for found in tree.without_docstring(path, (ROOT / path).read_text(encoding="utf-8"))]
    assert mute == []


def test_a_mute_file_is_caught() -> None:
    path = PurePosixPath("shequtong/cases/sla.py")
    assert list(tree.without_docstring(path, "x = 1\n")) == ["shequtong/cases/sla.py: the module"]
    assert list(tree.without_docstring(path, '"""Room."""\ndef close() -> None:\n    return\n')) == [
        "shequtong/cases/sla.py: close"
    ]


@pytest.mark.parametrize("area", areas())
def test_every_area_says_what_it_is(area: str) -> None:
    assert list(tree.area_faults(PACKAGE / area)) == []


def test_an_area_that_says_nothing_is_caught(tmp_path: Path) -> None:
    assert len(list(tree.area_faults(tmp_path))) == 2
    (tmp_path / "apps.py").touch()
    (tmp_path / "README.md").write_text("line\n" * (tree.README_LINES + 1), encoding="utf-8")
    assert len(list(tree.area_faults(tmp_path))) == 1
