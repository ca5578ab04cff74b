"""The recipe for a new move names every file that speaks of the move it follows, and no file that is not there."""

import re

from shequtong.testing.architecture.contracts import ROOT
from shequtong.testing.architecture.tree import tracked

RECIPE = (ROOT / "docs" / "recipes" / "new-move.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`((?:shequtong|tests|tools|bench)/[\w/.-]+)`", RECIPE))
# The migration is named by its word; other pages tell of the move, they are not touched for one.
ASIDE = ("docs/", "shequtong/cases/migrations/", "tests/test_recipe.py")


def speaking(move: str) -> set[str]:
    """Tracked files that speak of a move."""
    word = re.compile(move, re.IGNORECASE)
    texts = (path for path in tracked() if path.suffix in (".py", ".html", ".md", ".po", ".ts"))
    return {str(path) for path in texts if word.search((ROOT / path).read_text(encoding="utf-8"))}


def test_every_file_that_speaks_of_the_move_is_in_the_recipe() -> None:
    found = {path for path in speaking("rework") if not path.startswith(ASIDE)}
    assert sorted(found - NAMED) == []


def test_every_file_of_the_recipe_is_there() -> None:
    assert sorted(name for name in NAMED if not (ROOT / name).exists()) == []


def test_a_file_left_out_would_be_seen() -> None:
    assert "shequtong/cases/usecases/rework_case.py" in speaking("rework")
    assert "shequtong/cases/usecases/rework_case.py" not in speaking("no_such_move")
