"""Sealing (加密封存): text to a token `1.<key id>.<algorithm>.<base64url of nonce and ciphertext>`, and back.

A token opens only under the associated data it was sealed with (which column of which row), so that a value copied elsewhere is refused.
"""

import hmac
import os
from base64 import b64decode
from binascii import Error as NotBase64
from binascii import b2a_base64
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC

from shequtong.core import keys
from shequtong.core.keys.keyring import AES, SM4, Key

VERSION = "1"
NONCE_BYTES, TAG_BYTES = 12, 16
_URLSAFE = bytes.maketrans(b"+/", b"-_")
# How an algorithm is written in a token.
WRITTEN = {AES: "aes256gcm", SM4: "sm4gcm"}


class SealError(Exception):
    """A sealed value cannot be opened: key unknown, value changed, or moved from another row or column. Holds no plain text."""


class _Box(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class _Sm4Gcm:
    """SM4 in Galois/Counter mode (GB/T 32907, GB/T 36624) with the face of cryptography's AESGCM."""

    def __init__(self, key: bytes) -> None:
        self._key = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        encryptor = Cipher(self._key, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        sealed = encryptor.update(data) + encryptor.finalize()
        return sealed + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        decryptor = Cipher(self._key, modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


@lru_cache(maxsize=64)
def _box(key: Key) -> _Box:
    # One key of the ring never serves two algorithms: each gets bytes derived for it.
    if key.algorithm == SM4:
        return _Sm4Gcm(hmac_sm3(key.seal, b"seal/sm4-gcm")[:16])
    return AESGCM(hmac.digest(key.seal, b"seal/aes-256-gcm", "sha256"))


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """HMAC-SM3 (GB/T 32905), 32 bytes."""
    mac = HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


def seal(plain: str, associated: str) -> str:
    """The token of `plain` under the current key, bound to `associated`."""
    return sealer()(plain, associated)


def sealer() -> Callable[[str, str], str]:
    """`seal` for very many values: the key is looked up once, so it must not outlive a batch."""
    key = keys.ring().current
    encrypt, prefix = _box(key).encrypt, prefix_of(key)

    def sealed(plain: str, associated: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        box = nonce + encrypt(nonce, plain.encode(), associated.encode())
        return prefix + b2a_base64(box, newline=False).translate(_URLSAFE).decode()

    return sealed


def unseal(token: str, associated: str) -> str:
    """The plain text of `token`. Raises SealError when its key is unknown, it was changed, or it belongs elsewhere."""
    version, key_id, written, body = _parts(token)
    key = keys.ring().keys.get(key_id) or keys.ring(fresh=True).keys.get(key_id)
    if key is None:
        raise SealError(f"sealed under key {key_id}, which is not in the key ring (retired, or the ring is another one)")
    if version != VERSION or written != WRITTEN[key.algorithm]:
        raise SealError(f"sealed as {version}.{written}, which key {key_id} does not do")
    try:
        blob = b64decode(body, altchars=b"-_", validate=True)
        return _box(key).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], associated.encode()).decode()
    except (InvalidTag, NotBase64, ValueError):
        raise SealError(f"a value under key {key_id} was changed, or belongs to another row or column") from None


def key_id_of(token: str) -> str:
    """Which key a token was sealed under. Raises SealError when it is no token."""
    return _parts(token)[1]


def prefix_of(key: Key) -> str:
    """How every token of this key starts."""
    return f"{VERSION}.{key.id}.{WRITTEN[key.algorithm]}."


def _parts(token: str) -> list[str]:
    parts = token.split(".")
    if len(parts) != 4:
        raise SealError("not a sealed value: it was written past the sealed column")
    return parts
