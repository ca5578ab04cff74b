"""Keys: made once on the first run, for their owner alone, the same for all who start at once; refused when open or lost."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from shequtong.core import keys
from shequtong.core.keys import files
from shequtong.core.keys import keyring as rings
from shequtong.core.keys.keyring import AES, SM4

START = """
import sys
from pathlib import Path
from shequtong.core import keys
print("up", flush=True)
sys.stdin.readline()
for turn in range(20):
    folder = Path(sys.argv[1]) / str(turn)
    print(keys.prepare(folder, "AES-256-GCM"), keys.ring().current_id, keys.audit_key().hex())
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_first_run_makes_private_files(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "keys"
    before = os.umask(0)
    try:
        secret = keys.prepare(folder, AES)
    finally:
        os.umask(before)

    assert mode(folder) == 0o700
    assert {path.name: mode(path) for path in folder.iterdir()} == dict.fromkeys(
        (".lock", "audit.key", "sealing.json", "secret_key"), 0o600
    )
    assert len(secret) >= 50
    assert keys.prepare(folder, AES) == secret


def test_processes_that_start_at_once_get_the_same_keys(tmp_path: Path) -> None:
    command = [sys.executable, "-c", START, str(tmp_path)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate()[0] for process in started]

    assert len(outputs[0].splitlines()) == 20
    assert len(set(outputs)) == 1


@pytest.mark.parametrize("name", ["secret_key", "sealing.json", "audit.key", "."])
def test_a_key_that_others_may_read_stops_the_start(own_keys: Path, name: str) -> None:
    path = own_keys / name
    path.chmod(mode(path) | 0o040)
    with pytest.raises(keys.KeyFileError, match="chmod"):
        keys.prepare(own_keys, AES)


@pytest.mark.parametrize("name", ["sealing.json", "audit.key"])
def test_a_lost_key_is_not_replaced(own_keys: Path, name: str) -> None:
    (own_keys / name).unlink()
    with pytest.raises(keys.KeyFileError, match="backup"):
        keys.prepare(own_keys, AES)


def test_a_start_that_died_half_way_is_taken_up(tmp_path: Path) -> None:
    folder = files.private_folder(tmp_path / "keys")
    with files.locked(folder):
        files.write_private(folder / "sealing.json", rings.dump(rings.new_ring(AES)))
    (folder / ".audit.key.1").write_text("half")
    assert keys.prepare(folder, AES)


def test_the_environment_goes_before_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = rings.new_ring(SM4)
    monkeypatch.setenv("SECRET_KEY", "from outside")
    monkeypatch.setenv("SEALING_KEYS", rings.dump(ring))
    monkeypatch.setenv("AUDIT_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")

    assert keys.prepare(tmp_path / "none", AES) == "from outside"
    assert not (tmp_path / "none").exists()
    assert keys.ring(fresh=True) == ring
    assert keys.audit_key() == b"01234567890123456789012345678901"
    with pytest.raises(keys.KeyFileError, match="SEALING_KEYS"):
        keys.change_ring(lambda before: before)


def test_a_damaged_ring_is_refused_without_quoting_it(own_keys: Path) -> None:
    path = own_keys / "sealing.json"
    text = path.read_text()
    secret = json.loads(text)["keys"][keys.ring().current_id]["seal"]
    path.write_text(text.replace('"hash"', '"hush"'))
    with pytest.raises(keys.KeyFileError) as caught:
        keys.ring(fresh=True)
    assert secret not in str(caught.value)
    assert caught.value.__context__ is None


def test_keys_do_not_show_themselves() -> None:
    ring = keys.ring()
    assert ring.current.seal.hex() not in repr(ring)
    assert repr(ring.current.seal) not in repr(ring)
    assert keys.audit_key() not in (ring.current.seal, ring.current.hash)


def test_a_change_by_another_process_is_seen(own_keys: Path) -> None:
    before = keys.ring()
    change = "from shequtong.core.keys import store, keyring; from pathlib import Path; import sys\n"
    change += "store.prepare(Path(sys.argv[1]), 'AES-256-GCM')\n"
    change += "store.change_ring(lambda old: old.with_key(keyring.new_key(2, 'AES-256-GCM')))"
    subprocess.run([sys.executable, "-c", change, str(own_keys)], check=True)
    assert keys.ring() == before
    assert len(keys.ring(fresh=True).keys) == 2
