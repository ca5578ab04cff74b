"""Where the built front end lies: reads the manifest that Vite leaves beside the bundle."""

import json
import logging
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from django.contrib.staticfiles import finders
from django.templatetags.static import static

logger = logging.getLogger(__name__)
PREFIX = "built/"


class Chunk(TypedDict, total=False):
    """One entry of Vite's manifest, as far as we read it."""

    file: str
    css: list[str]
    imports: list[str]
    name: str
    isEntry: bool


class Entry(NamedTuple):
    """What a page needs for one entry: addresses of its stylesheets, of its module, and of what the module imports."""

    styles: tuple[str, ...]
    module: str
    preload: tuple[str, ...]


NOTHING = Entry((), "", ())


def manifest_path() -> Path | None:
    """The manifest file, or None while the front end is not built."""
    found = finders.find(f"{PREFIX}manifest.json")
    return Path(found) if isinstance(found, str) else None


@lru_cache(maxsize=1)
def chunks() -> dict[str, Chunk]:
    """The manifest, read once per process; empty (and said so in the log) when the front end is not built."""
    path = manifest_path()
    if path is None:
        logger.warning("The front end is not built, pages have no style: run `npm ci && npm run build`.")
        return {}
    read: dict[str, Chunk] = json.loads(path.read_text(encoding="utf-8"))
    return read


def _imported(chunk: Chunk, all_chunks: dict[str, Chunk], seen: dict[str, Chunk]) -> dict[str, Chunk]:
    for key in chunk.get("imports", []):
        if key not in seen:
            seen[key] = all_chunks[key]
            _imported(all_chunks[key], all_chunks, seen)
    return seen


@lru_cache(maxsize=16)
def entry(name: str) -> Entry:
    """The addresses of the entry `name` (`resident`, `desk`, `map`). Raises LookupError when the bundle has no such entry."""
    built = chunks()
    if not built:
        return NOTHING
    for chunk in built.values():
        if chunk.get("isEntry") and chunk.get("name") == name:
            imported = _imported(chunk, built, {}).values()
            styles = [style for part in (*imported, chunk) for style in part.get("css", [])]
            return Entry(
                tuple(static(PREFIX + style) for style in dict.fromkeys(styles)),
                static(PREFIX + chunk["file"]),
                tuple(static(PREFIX + part["file"]) for part in imported),
            )
    raise LookupError(f"The bundle has no entry named {name!r}.")


@lru_cache(maxsize=8)
def drawing(name: str) -> str:
    """Address of `icons.svg` (every icon and shape) or of another drawing; empty while the front end is not built."""
    chunk = chunks().get(name)
    return static(PREFIX + chunk["file"]) if chunk else ""


@lru_cache(maxsize=4)
def source(name: str) -> bytes:
    """The text of an entry that must be served elsewhere than it lies; empty while the front end is not built."""
    module = entry(name).module
    found = finders.find(PREFIX + module.rpartition(PREFIX)[2]) if module else None
    return Path(found).read_bytes() if isinstance(found, str) else b""


def forget() -> None:
    """Read the manifest anew (after a build, and in tests)."""
    for cached in (chunks, entry, drawing, source):
        cached.cache_clear()
