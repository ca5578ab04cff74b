"""Pages for builders and operators stay true: what they name is there, and what is there is named."""

import re
from pathlib import Path

import pytest

from shequtong.testing.architecture.contracts import PACKAGE, ROOT, areas
from shequtong.testing.architecture.tree import tracked

READMES = ("README.md", "README.zh.md")
PAGES = sorted([*(ROOT / name for name in READMES), *(ROOT / "docs").rglob("*.md"), *PACKAGE.glob("*/README.md")])
# Documents shared by the builders, and what is made.
NOT_HERE = frozenset({"design.md", "standards.md", "dependencies.md", "compliance.md", "domain/README.md", "domain/standards.md"})
MADE = ("bench/results.json", "data/", "keys/", "frontend/dist", "docs/.po/", "docs/screens/")
TREE = "".join(f"/{path}\n" for path in tracked())


def lost_paths(text: str, beside: Path) -> list[str]:
    """Files and folders that a page names in backticks or links to and that are not there, beside it or anywhere in the project."""
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|html))`", text)
    lost = [name for name in named if name not in NOT_HERE and not name.startswith(MADE) and f"/{name}" not in TREE]
    return lost + [name for name in re.findall(r"\]\(([^):#]+)\)", text) if not (beside / name).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_path_on_a_page_is_there(page: Path) -> None:
    assert lost_paths(page.read_text(encoding="utf-8"), page.parent) == []


def test_a_lost_path_is_caught() -> None:
    assert lost_paths("see `cases/gone.py`, `cases/apps.py` and [this](docs/gone.md)", ROOT) == ["cases/gone.py", "docs/gone.md"]


def test_the_architecture_page_names_every_area() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [area for area in areas() if not re.search(rf"(?m)^    {area}\b|\b{area} \| |\| {area}\b", text)] == []


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_command_and_setting(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    made = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    managed = [path.stem for path in PACKAGE.glob("*/management/commands/*.py") if path.stem != "__init__"]
    settings = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "config" / "settings").glob("*.py"))
    asked = re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings)
    for wanted in {*made, *managed, *asked}:
        assert re.search(rf"`{re.escape(wanted)}[` ]", text), f"{name} says nothing of {wanted}"
    for linked in READMES:
        assert linked == name or f"]({linked})" in text
