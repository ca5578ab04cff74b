"""The contracts of pyproject.toml: the layers of the areas, and one contract an area that keeps its pages to itself."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT: Path = settings.BASE_DIR
PACKAGE: Path = ROOT / "shequtong"
LAYERS = "Areas lie in layers: import downwards only"
PAGES = ("views", "forms", "resident_forms")
DOORS = (*PAGES, "urls", "tests")
_NO_AREAS = frozenset({"testing", "locale"})


def contracts(root: Path = ROOT) -> list[dict[str, Any]]:
    """The contracts of import-linter as they stand in pyproject.toml."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return found


def layers(found: list[dict[str, Any]] | None = None) -> list[list[str]]:
    """The areas from top to bottom, those of one height together, future ones included."""
    ladder = next(each for each in found or contracts() if each["name"] == LAYERS)["layers"]
    return [[name.strip(" ()") for name in line.split("|")] for line in ladder]


def heights(found: list[dict[str, Any]] | None = None) -> dict[str, int]:
    """How high each area lies; core is 0."""
    return {name: height for height, line in enumerate(reversed(layers(found))) for name in line}


def areas(package: Path = PACKAGE) -> list[str]:
    """The areas that exist."""
    return sorted(path.name for path in package.iterdir() if (path / "__init__.py").is_file() and path.name not in _NO_AREAS)


def protected(area: str, package: Path = PACKAGE) -> dict[str, Any] | None:
    """The contract an area must have when it has pages: only its addresses, its pages and its tests touch them."""
    folder = package / area
    pages = [name for name in PAGES if _exists(folder, name)]
    if not pages:
        return None
    return {
        "name": f"Nobody reaches into the pages of {area}",
        "type": "protected",
        "protected_modules": [f"shequtong.{area}.{name}" for name in pages],
        "allowed_importers": [f"shequtong.{area}.{name}" for name in DOORS if _exists(folder, name)],
    }


def all_protected(package: Path = PACKAGE) -> list[dict[str, Any]]:
    """Those contracts of all areas, by name of the area."""
    return [found for area in areas(package) if (found := protected(area, package)) is not None]


def as_toml(found: list[dict[str, Any]]) -> str:
    """Contracts as they are written into pyproject.toml; `python -m shequtong.testing.architecture` prints them."""
    return "\n".join(
        "\n".join(["[[tool.importlinter.contracts]]", *(f"{key} = {_toml(value)}" for key, value in each.items()), ""])
        for each in found
    )


def _toml(value: object) -> str:
    return "[" + ", ".join(f'"{item}"' for item in value) + "]" if isinstance(value, list) else f'"{value}"'


def _exists(folder: Path, name: str) -> bool:
    return (folder / f"{name}.py").is_file() or (folder / name / "__init__.py").is_file()
