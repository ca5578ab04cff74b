"""Sealed originals (原图封存): bytes under a key of their own, which lies sealed in the file's row.

A rotation of the sealing keys therefore reseals short columns and no files, and an original whose row has lost its key is gone for ever,
also from backups of the folder. The algorithm is that of the key ring: AES-256-GCM, or SM4-GCM where 商用密码 is required.
"""

import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shequtong.core import keys

AES, SM4 = "AES-256-GCM", "SM4-GCM"
KEY_BYTES = {AES: 32, SM4: 16}
NONCE_BYTES, TAG_BYTES = 12, 16


class CannotOpenError(Exception):
    """The bytes were changed, belong to another file, or the key is another one."""


def new_key() -> str:
    """A fresh key as text for a sealed column, with the algorithm it is for."""
    algorithm = keys.ring().current.algorithm
    return f"{algorithm}:{b64encode(os.urandom(KEY_BYTES[algorithm])).decode()}"


def close(data: bytes, key: str, name: str) -> bytes:
    """`data` sealed under `key`, bound to the `name` it is stored by: nonce, ciphertext, tag."""
    algorithm, secret = _parts(key)
    nonce = os.urandom(NONCE_BYTES)
    if algorithm == AES:
        return nonce + AESGCM(secret).encrypt(nonce, data, name.encode())
    encryptor = Cipher(algorithms.SM4(secret), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(name.encode())
    return nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag


def open_(sealed: bytes, key: str, name: str) -> bytes:
    """The bytes that were sealed. Raises CannotOpenError."""
    algorithm, secret = _parts(key)
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        if algorithm == AES:
            return AESGCM(secret).decrypt(nonce, body, name.encode())
        decryptor = Cipher(algorithms.SM4(secret), modes.GCM(nonce, body[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(name.encode())
        return decryptor.update(body[:-TAG_BYTES]) + decryptor.finalize()
    except (InvalidTag, ValueError):
        raise CannotOpenError(name) from None


def _parts(key: str) -> tuple[str, bytes]:
    algorithm, _colon, secret = key.partition(":")
    return algorithm, b64decode(secret)
