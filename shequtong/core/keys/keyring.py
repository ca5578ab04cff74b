"""The key ring (密钥环): the keys that seal personal data and hash it for search, one of them current.

Every sealed value and every hash carries the id of its key, so that several keys can be in use while a rotation runs.
An algorithm belongs to a key: choosing another one takes effect with the next key.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from shequtong.core.keys.files import KeyFileError

AES, SM4 = "AES-256-GCM", "SM4-GCM"
ALGORITHMS = (AES, SM4)
KEY_BYTES = 32


@dataclass(frozen=True)
class Key:
    """One key of the ring: 32 bytes to seal with, 32 bytes to hash with, and what they are used for."""

    id: str
    seal: bytes = field(repr=False)
    hash: bytes = field(repr=False)
    algorithm: str
    created: datetime

    @property
    def serial(self) -> int:
        """The number in its id: 1 for k1-…"""
        return int(self.id.split("-")[0][1:])

    @property
    def age(self) -> tuple[datetime, int]:
        """Sorts keys by when they were made."""
        return self.created, self.serial


@dataclass(frozen=True)
class Ring:
    """All keys that open values now. `current` seals new ones; a key made after it is prepared and not yet used."""

    current_id: str
    keys: Mapping[str, Key]

    @property
    def current(self) -> Key:
        return self.keys[self.current_id]

    @property
    def old(self) -> tuple[Key, ...]:
        """Keys before the current one, whose values wait to be resealed; newest first."""
        return tuple(key for key in self.by_age() if key.age < self.current.age)

    @property
    def prepared(self) -> Key | None:
        """The key that the next rotation will use, if one was made in advance."""
        newer = [key for key in self.by_age() if key.age > self.current.age]
        return newer[0] if newer else None

    def by_age(self) -> tuple[Key, ...]:
        """All keys, newest first."""
        return tuple(sorted(self.keys.values(), key=lambda key: key.age, reverse=True))

    def with_key(self, key: Key) -> "Ring":
        return replace(self, keys={**self.keys, key.id: key})

    def using(self, key_id: str) -> "Ring":
        return replace(self, current_id=self.keys[key_id].id)

    def without(self, key_ids: set[str]) -> "Ring":
        if self.current_id in key_ids:
            raise ValueError("the current key cannot be retired")
        return replace(self, keys={key_id: key for key_id, key in self.keys.items() if key_id not in key_ids})


def new_key(serial: int, algorithm: str) -> Key:
    """A fresh key. The random letters of its id tell a lost ring from one that was made anew."""
    if algorithm not in ALGORITHMS:
        raise KeyFileError(f"SEALING_ALGORITHM is {algorithm!r}; it must be one of {', '.join(ALGORITHMS)}")
    key_id = f"k{serial}-{secrets.token_hex(3)}"
    seal, hash_ = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
    return Key(key_id, seal, hash_, algorithm, datetime.now(UTC).replace(microsecond=0))


def new_ring(algorithm: str) -> Ring:
    """The ring of a new installation: one key."""
    key = new_key(1, algorithm)
    return Ring(key.id, {key.id: key})


def dump(ring: Ring) -> str:
    """The ring as the JSON of its file."""
    keys = {key.id: dump_key(key) for key in ring.by_age()}
    return json.dumps({"version": 1, "current": ring.current_id, "keys": keys}, indent=1) + "\n"


def dump_key(key: Key) -> dict[str, str]:
    """A key as its entry in the file."""
    return {
        "seal": b64encode(key.seal).decode(),
        "hash": b64encode(key.hash).decode(),
        "algorithm": key.algorithm,
        "created": key.created.isoformat(),
    }


def load(text: str, source: str) -> Ring:
    """The ring in `text`. Raises KeyFileError naming `source` and never quoting what it holds."""
    try:
        found = json.loads(text)
        ring = Ring(found["current"], {key_id: load_key(key_id, entry) for key_id, entry in found["keys"].items()})
        good = found["version"] == 1 and ring.current.serial > 0
    except (ValueError, KeyError, TypeError, AttributeError):
        good = False
    if not good:
        # Raised outside the except block: a traceback of json's error could show the text.
        raise KeyFileError(f"{source} is not a key ring of this platform; put back the one from your backup")
    return ring


def load_key(key_id: str, entry: Mapping[str, str]) -> Key:
    """A key from its entry. Raises ValueError or KeyError when the entry is damaged."""
    seal, hash_ = (b64decode(entry[part], validate=True) for part in ("seal", "hash"))
    if not (len(seal) == len(hash_) == KEY_BYTES) or entry["algorithm"] not in ALGORITHMS or "." in key_id:
        raise ValueError
    return Key(key_id, seal, hash_, entry["algorithm"], datetime.fromisoformat(entry["created"]))
