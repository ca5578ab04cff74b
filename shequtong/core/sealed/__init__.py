"""Sealed personal data (个人信息封存): columns that are ciphertext at rest, masked on pages, found by keyed hash.

Public: the two fields, the value they read as, look-ups by hash, and the errors. Rotation: `manage.py rotate_keys`.
"""

from shequtong.core.sealed.ciphers import SealError
from shequtong.core.sealed.fields import MaskedValue, SealedTextField
from shequtong.core.sealed.hash_field import KeyedHashField
from shequtong.core.sealed.hashing import hash_of, hashes_of
from shequtong.core.sealed.value import Sealed

__all__ = ["KeyedHashField", "MaskedValue", "SealError", "Sealed", "SealedTextField", "hash_of", "hashes_of"]
