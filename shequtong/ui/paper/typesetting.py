"""From a template and plain data to PDF (排版). The same data gives the same bytes, on every machine with the same fonts."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from shequtong.ui.paper.fonts import fonts

_SHARED = Path(__file__).with_name("sheet.typ")
_ARCHIVE: dict[str, Any] = {"pdf_standards": "a-2b"}  # PDF/A: what goes into a file must be readable in thirty years
_LONG_RUN = re.compile(r"[!-~]{24}")  # letters without a gap, where no line would break
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]")


@dataclass(frozen=True)
class Sheet:
    """One document: its template, its data (JSON values), and the pictures that the data name, by file name."""

    template: Path
    data: Mapping[str, Any]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def render(sheet: Sheet, *, at: datetime) -> bytes:
    """The PDF, dated `at`. Raises NoFonts.

    The template sees a folder with itself, `sheet.typ` and the pictures, which is gone afterwards; it can read nothing else.
    """
    with TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        for source in (_SHARED, sheet.template):
            (folder / source.name).write_bytes(source.read_bytes())
        for picture, content in sheet.pictures.items():
            (folder / picture).write_bytes(content)
        return _compiled(folder, sheet.template.name, json.dumps(sheet.data, ensure_ascii=False), at)


def _compiled(folder: Path, template: str, data: str, at: datetime) -> bytes:
    options: dict[str, Any] = {
        "root": folder,
        "font_paths": fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": {"data": data},
        "timestamp": at.astimezone(UTC).replace(microsecond=0),
        # Nothing of ours is a package, and a server fetches none.
        "package_path": folder,
        "package_cache_path": folder,
    }
    try:
        return _bytes(typst.compile(folder / template, **_ARCHIVE, **options))
    except typst.TypstError:
        # A character that no font has (an emoji) keeps it from being an archive's PDF, not from being printed.
        return _bytes(typst.compile(folder / template, **options))


def _bytes(made: bytes | list[bytes] | None) -> bytes:
    assert isinstance(made, bytes)  # one PDF
    return made


def plain(text: str) -> str:
    """What a person wrote, without marks that turn or hide the writing, and with places for a line to break."""
    return _LONG_RUN.sub(lambda run: f"{run.group()}\u200b", _CONTROL.sub("", text.replace("\r\n", "\n")))
