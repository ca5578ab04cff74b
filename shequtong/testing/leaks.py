"""Looks for personal data where it must not be (泄露检查): database files, logs, sessions, pages, in every usual writing of it.

assert_no_plain([Path("data/shequtong.sqlite3"), *database_rows(), ("log", caplog.text), ("page", html)], ["13812345678", "张三丰"])
"""

import sqlite3
import subprocess
import zlib
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Iterator
from contextlib import closing
from html import escape
from pathlib import Path
from re import compile as pattern
from urllib.parse import quote

from django.db import connection

# A file or folder, a text or bytes, or either with a label that names it in the report.
Source = Path | str | bytes | tuple[str, str | bytes]
SQLITE_HEAD = b"SQLite format 3\0"
SQLITE_BESIDE = ("-wal", "-shm", "-journal")
# What zlib writes begins "eJ", "eN" or "eA" in base64: Django's sessions and signed cookies.
_PACKED = pattern(rb"e[JNA][A-Za-z0-9_\-]{8,}")
_MOBILE = pattern(r"1\d{10}")


def assert_no_plain(sources: Iterable[Source] | Source, secrets: Iterable[str]) -> None:
    """Fail when one of `secrets` (phones, names, id numbers, addresses; two characters or more) stands in one of `sources`.

    A database file is read with its -wal and -shm, as bytes and row by row; a folder with all it holds.
    """
    found = list(find_plain(sources, secrets))
    assert not found, (
        "personal data in the open:\n" + "\n".join(found[:40]) + (f"\n… {len(found)} in all" if len(found) > 40 else "")
    )


def find_plain(sources: Iterable[Source] | Source, secrets: Iterable[str]) -> Iterator[str]:
    """One line for each place and writing in which a secret was found."""
    wanted = [(secret, writings(secret)) for secret in sorted(set(secrets))]
    for label, content in _contents([sources] if isinstance(sources, Path | str | bytes | tuple) else sources):
        for secret, forms in wanted:
            for form, written in forms.items():
                at = content.find(written)
                if at >= 0:
                    yield f"  {label}: {secret!r} as {form} at byte {at}"


def writings(secret: str) -> dict[str, bytes]:
    """How `secret` may stand in a file, by the name of the writing."""
    if len(secret) < 2:
        raise ValueError("a secret of one character would be found everywhere")
    found = {"UTF-8": secret.encode(), "UTF-16": secret.encode("utf-16-le"), "GB 18030": secret.encode("gb18030")}
    found["hexadecimal"] = secret.encode().hex().encode()
    found |= dict(_base64_writings(secret.encode()))
    if _MOBILE.fullmatch(secret):
        for name, mark in (("spaced", " "), ("dashed", "-")):
            found[name] = mark.join((secret[:3], secret[3:7], secret[7:])).encode()
    if not secret.isascii():
        found["JSON"] = "".join(f"\\u{unit:04x}" for unit in _utf16_units(secret)).encode()
        found["JSON, capitals"] = "".join(f"\\u{unit:04X}" for unit in _utf16_units(secret)).encode()
        found["JSON in JSON"] = found["JSON"].replace(b"\\", b"\\\\")
        found["HTML, decimal"] = "".join(f"&#{ord(letter)};" for letter in secret).encode()
        found["HTML, hexadecimal"] = "".join(f"&#x{ord(letter):x};" for letter in secret).encode()
        found["URL"] = quote(secret).encode()
        found["Python"] = repr(secret.encode())[2:-1].encode()
    if escape(secret) != secret:
        found["HTML"] = escape(secret).encode()
    # The same bytes under two names are looked for once.
    return {name: written for written, name in {written: name for name, written in reversed(found.items())}.items()}


def database_rows() -> Iterator[tuple[str, str]]:
    """Every text in every table of the database, labelled by table: works on both engines, whatever the file holds."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            while rows := cursor.fetchmany(2000):
                yield f"table {table}", _flat(rows)


def _flat(rows: Iterable[Iterable[object]]) -> str:
    return "\n".join(
        bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value) for row in rows for value in row
    )


def _base64_writings(plain: bytes) -> Iterator[tuple[str, bytes]]:
    """What `plain` looks like inside a longer base64 text, at each of the three places it can begin in a group."""
    for shift in range(3):
        whole = b"\0" * shift + plain
        # Characters at either end that also depend on the neighbours are left out.
        start, end = -(-shift * 8 // 6), len(whole) * 8 // 6
        for name, encode in (("base64", b64encode), ("base64url", urlsafe_b64encode)):
            if end - start >= 6:
                yield f"{name}+{shift}", encode(whole)[start:end]


def _utf16_units(text: str) -> Iterator[int]:
    data = text.encode("utf-16-be")
    return (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))


def _contents(sources: Iterable[Source]) -> Iterator[tuple[str, bytes]]:
    for number, source in enumerate(sources, 1):
        if isinstance(source, Path):
            plain = _file_contents(source)
        else:
            label, content = source if isinstance(source, tuple) else (f"text {number}", source)
            plain = iter([(label, content.encode() if isinstance(content, str) else content)])
        for label, content in plain:
            yield label, content
            if unpacked := b"\n".join(_unpacked(content)):
                yield f"{label} (unpacked)", unpacked


def _file_contents(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and not each.name.endswith(SQLITE_BESIDE):
                yield from _file_contents(each)
        return
    besides = [path.with_name(path.name + end) for end in SQLITE_BESIDE]
    besides = [beside for beside in besides if beside.exists()]
    content = _read_apart(path) if besides or ".sqlite3" in path.name else path.read_bytes()
    yield str(path), content
    if content.startswith(SQLITE_HEAD):
        for beside in besides:
            yield str(beside), _read_apart(beside)
        yield from _sqlite_rows(path)


def _read_apart(path: Path) -> bytes:
    """By another process: closing a file gives up all locks this process has on it (POSIX), those of an open SQLite connection, too.

    The next process to close the database would take itself for the last one and remove the log that we still write to: what it wrote is
    lost, and every later opening here ends with "disk I/O error" (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    return subprocess.run(["cat", str(path)], stdout=subprocess.PIPE, check=True).stdout


def _sqlite_rows(path: Path) -> Iterator[tuple[str, bytes]]:
    # A value longer than a page is cut in the file; read by row it is whole.
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        database.text_factory = lambda text: text.decode(errors="replace")
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            name = '"' + table.replace('"', '""') + '"'
            yield f"{path} table {table}", _flat(database.execute(f"SELECT * FROM {name}")).encode()


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Texts inside zlib inside base64url, as Django signs sessions and cookies."""
    for match in _PACKED.finditer(content):
        body = match.group()
        try:
            yield zlib.decompressobj().decompress(urlsafe_b64decode(body + b"=" * (-len(body) % 4)))
        except (zlib.error, NotBase64, ValueError):
            continue
