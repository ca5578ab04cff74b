"""What no tracked file may hold, and what every file and area must have (仓库检查)."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from shequtong.testing.architecture.contracts import ROOT

README_LINES = 40
LONGER_README = {"ui": 81}  # the manual of the components
# Each bad word is put together here, so that this file does not hold it.
FORBIDDEN: dict[str, re.Pattern[str]] = {
    "work left over": re.compile(r"\b(?:" + "TO" + r"DO|FIX" + r"ME|XX" + r"X|coming " + r"soon)\b"),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:ro" + r"ot|ho" + r"me/\w+|Us" + r"ers/\w+|wo" + r"rk/(?:main|shared))/"),
    "the host of a registry": re.compile(
        r"registry\."
        + r"npmjs|files\.python"
        + r"hosted|//py"
        + r"pi\.org|registry\."
        + r"npmmirror|//[\w.-]*(?:arti"
        + r"factory|nex"
        + r"us)[\w.-]*/"
    ),
    "a switched-off check without its reason": re.compile(r"# type: " + r"ignore(?!\[[a-z, -]+\]  # \w)"),
}
_TEXT = frozenset({".py", ".html", ".md", ".toml", ".txt", ".ts", ".js", ".css", ".json", ".cfg", ".yml", ".po", ""})


def tracked(root: Path = ROOT) -> list[PurePosixPath]:
    """Files of the repository, those not yet added included, ignored ones not."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    found = [PurePosixPath(name) for name in listed.split("\0") if name]
    return sorted(path for path in found if (root / path).is_file())


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Line and name of each forbidden thing in a text."""
    for number, line in enumerate(text.splitlines(), start=1):
        yield from ((number, name) for name, pattern in FORBIDDEN.items() if pattern.search(line))


def all_forbidden(root: Path, files: list[PurePosixPath]) -> list[str]:
    """`file:line what` over all text files."""
    return [
        f"{path}:{line} {what}"
        for path in files
        if path.suffix in _TEXT
        for line, what in forbidden((root / path).read_text(encoding="utf-8", errors="replace"))
    ]


def without_docstring(path: PurePosixPath, text: str) -> Iterator[str]:
    """The module when it says nothing; each public function and class outside tests that says nothing.

    Methods of Django's making (Meta, handle, clean …), properties and classes whose body is a name and a table speak for themselves.
    """
    tree = ast.parse(text)
    if tree.body and not ast.get_docstring(tree):
        yield f"{path}: the module"
    if "tests" in path.parts or path.name.startswith("conftest"):
        return
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node):
            yield f"{path}: {node.name}"


def area_faults(area: Path) -> Iterator[str]:
    """What an area lacks: a README of at most 40 lines, and its AppConfig."""
    readme = area / "README.md"
    if not readme.is_file():
        yield f"{area.name} has no README.md"
    elif len(readme.read_text(encoding="utf-8").splitlines()) > LONGER_README.get(area.name, README_LINES):
        yield f"{area.name}/README.md is too long"
    if not (area / "apps.py").is_file():
        yield f"{area.name} has no apps.py"
