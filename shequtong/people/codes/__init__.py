"""National code tables (国家标准代码表): versioned data beside this file, in memory; each table says its standard. No statement.

A row stores the code; words come from here in the reader's language, and a table that comes in is understood by name, other spelling or code.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

_FILE = Path(__file__).parent / "tables.csv"


@dataclass(frozen=True)
class Code:
    """One line of a table."""

    table: str
    standard: str
    code: str
    name: str
    name_en: str
    also: tuple[str, ...]


@cache
def tables() -> dict[str, dict[str, Code]]:
    """All tables, each by code in the order of its standard."""
    found: dict[str, dict[str, Code]] = {}
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            also = tuple(part for part in row["also"].split("|") if part)
            one = Code(row["table"], row["standard"], row["code"], row["name"], row["name_en"], also)
            found.setdefault(one.table, {})[one.code] = one
    return found


def word(table: str, code: str) -> str:
    """What a code says in the reader's language; "" for none, the code itself where the table does not know it (an older edition)."""
    if not code:
        return ""
    one = tables()[table].get(code)
    if one is None:
        return code
    return one.name if (get_language() or "").startswith("zh") else one.name_en


def choices(table: str) -> list[tuple[str, str]]:
    """Codes with their words, for a form."""
    return [(code, word(table, code)) for code in tables()[table]]


def standard(table: str) -> str:
    """The standard a table is of, "" for a list of our own."""
    first = next(iter(tables()[table].values()))
    return "" if first.standard == "shequtong" else first.standard


MULTIPLE = "7"  # of disability_kind, GB/T 26341: 多重残疾, two kinds or more
_APART = re.compile(r"[、,，;；/\\+和及与\s]+")


def kinds_told(text: str) -> str:
    """Of a text that names two kinds of disability or more, and nothing else, their words in the order of the standard: 视力残疾、肢体残疾; else ""."""
    parts = [part for part in _APART.split(text.strip()) if part]
    found = {understood("disability_kind", part) for part in parts}
    known = tables()["disability_kind"]
    if len(found) < 2 or not found <= {*known} - {MULTIPLE}:
        return ""
    return "、".join(one.name for code, one in known.items() if code in found)


@cache
def _spellings(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, one in tables()[table].items():
        for said in (one.name, *one.also, one.name_en, code, code.lstrip("0")):
            if said:
                found.setdefault(_plain(said), code)
    return found


def understood(table: str, text: str) -> str | None:
    """The code that a cell means by name, other spelling, English or code; "" for an empty cell, None where it means none."""
    known = _spellings(table)
    if (found := known.get(text)) is not None:
        return found
    plain = _plain(text)
    return known.get(plain) if plain else ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
