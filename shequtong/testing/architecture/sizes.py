"""Sizes of rooms (篇幅): a ceiling is a question, "which two rooms is this?"; whoever answered it stands in the list."""

import ast
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

FUNCTION = 40
# file or file::function -> why it stays in one piece
EXCUSED: dict[str, str] = {
    "shequtong/access/usecases/appoint.py::appoint": "its checks are one list, read from top to bottom",
    "shequtong/cases/usecases/__init__.py": "what can be done to a case, a line a verb and its name once more",
    "shequtong/cases/usecases/open_case.py": "a case begins with its reporter, its place and its photos, in one transaction",
    "shequtong/cases/tests/desk/test_standards.py::test_an_edit_is_looked_at_field_by_field_and_then_holds": "one edit from first look to what holds",
    "shequtong/cases/usecases/open_case.py::open_case": "the six beats of how a case begins, once",
    "shequtong/cases/usecases/turns.py": "the beats every move shares",
    "shequtong/cases/usecases/turns.py::finish": "the last beats of every move, in their order",
    "shequtong/cases/views/resident_question.py::_answer_page": "one form: over, asked, refused, answered",
    "shequtong/pages/demo/cases.py::_open": "how a case begins, by channel",
    "shequtong/testing/town.py::build_town": "the town, place by place",
    "tests/browser/test_life.py::test_the_life_of_a_case": "the life of a case, played in one go",
    "tests/simulator/moves_after.py": "what may follow handling, one rule after another",
    "tools/walk.py": "one walk past every page",
    "tools/walk.py::walk_moves": "one walk past every move",
}


def ceiling(path: PurePosixPath) -> int:
    """Lines that a file may have."""
    if path.suffix == ".html":
        return 40 if path.name.startswith("_") else 150
    if path.name == "urls.py":
        return 60
    if "settings" in path.parts:
        return 80
    if "tests" in path.parts:
        return 250
    return 150 if "usecases" in path.parts else 250


def too_long(path: PurePosixPath, text: str) -> Iterator[str]:
    """The file, and each of its functions, when longer than it may be; as the key of an excuse."""
    if len(text.splitlines()) > ceiling(path):
        yield path.as_posix()
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION:
                yield f"{path.as_posix()}::{node.name}"


def all_too_long(root: Path, files: list[PurePosixPath]) -> set[str]:
    """Keys of everything longer than it may be among Python files and templates."""
    judged = [path for path in files if path.suffix in (".py", ".html") and "migrations" not in path.parts]
    return {key for path in judged for key in too_long(path, (root / path).read_text(encoding="utf-8"))}
