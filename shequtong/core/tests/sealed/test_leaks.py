"""The leak scan finds personal data in every usual writing, and nothing where there is none; the sealed columns pass it."""

import json
import sqlite3
import subprocess
import sys
from base64 import b64encode
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core import signing
from django.db import connection

from shequtong.core.tests.sealed.models import Neighbour
from shequtong.testing.leaks import assert_no_plain, database_rows, find_plain, writings

PHONE, NAME = "13812345678", "张三丰"
JUNK = [b"", b"x", b"xy", "前".encode()]


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("secret", [PHONE, NAME, "𠮷野家"])
def test_base64_is_found_wherever_it_begins(junk: bytes, secret: str) -> None:
    assert list(find_plain(b64encode(junk + secret.encode() + junk), [secret]))


@pytest.mark.parametrize(
    "text",
    [
        f"sent to {PHONE}",
        "138 1234 5678",
        "138-1234-5678",
        json.dumps({"name": NAME}),
        json.dumps(json.dumps({"name": NAME})),
        "".join(f"&#{ord(letter)};" for letter in NAME),
        f"/desk/?q={quote(NAME)}",
        repr(NAME.encode()),
        PHONE.encode().hex(),
        signing.dumps({"phone": PHONE, "padding": "a" * 200}, compress=True, key="k"),
    ],
)
def test_every_writing_is_found(text: str) -> None:
    with pytest.raises(AssertionError, match="in the open"):
        assert_no_plain([("log", text)], [PHONE, NAME])


def test_a_quiet_text_passes() -> None:
    assert_no_plain(["138****5678 张*", b"\x00" * 100, ("page", "<p>张*</p>")], [PHONE, NAME])


def test_a_secret_of_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="everywhere"):
        writings("张")


def test_a_database_file_is_read_with_its_wal_and_across_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE t (a TEXT)")
    database.commit()
    assert_no_plain(path, [PHONE])
    database.execute("INSERT INTO t VALUES (?)", [PHONE])
    database.commit()
    assert any("-wal" in line for line in find_plain(path, [PHONE]))
    for before in range(4050, 4100):  # one of these is cut by the end of a page
        database.execute("INSERT INTO t VALUES (?)", ["x" * before + NAME])
    database.commit()
    assert any("table t" in line for line in find_plain(tmp_path, [NAME]))
    database.close()


@pytest.mark.django_db
def test_the_rows_of_the_database_are_scanned() -> None:
    Neighbour.objects.create(name=NAME, phone=PHONE, id_number="320505199001011234", note="seen")
    assert_no_plain(database_rows(), [PHONE, NAME, "320505199001011234"])
    Neighbour.objects.create(name="李四", note=f"call {PHONE}")
    assert any("sealed_probe_neighbour" in line for line in find_plain(database_rows(), [PHONE]))


@pytest.mark.usefixtures("really_written")
def test_the_bytes_of_the_database_file_hold_nothing() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the file is PostgreSQL's own; its rows are scanned above")
    Neighbour.objects.create(name=NAME, phone=PHONE, note="here it stands")
    path = Path(connection.settings_dict["NAME"])
    assert list(find_plain(path, ["here it stands"]))
    assert_no_plain(path, [PHONE, NAME])


def test_looking_at_a_database_in_use_keeps_its_locks(tmp_path: Path) -> None:
    path = tmp_path / "used.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE note (words TEXT)")
        assert list(find_plain(path, ["note"]))
        other = "import sqlite3, sys; line = sqlite3.connect(sys.argv[1], isolation_level=None); line.execute('INSERT INTO note VALUES (1)'); line.close()"
        subprocess.run([sys.executable, "-c", other, str(path)], check=True)
        assert path.with_name("used.sqlite3-wal").exists()  # whoever closes it last takes it away, and that was not the other
