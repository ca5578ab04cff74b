"""Keyed hashes (密钥哈希): how a sealed value is found again without being opened. HMAC-SHA-256, or HMAC-SM3 for an SM4 key.

Written `<key id>.<64 hex>`. The domain keeps apart what must not be matched: the same phone hashes alike wherever the domain is "phone".
"""

import hmac
from collections.abc import Callable
from functools import lru_cache

from shequtong.core import keys
from shequtong.core.keys.keyring import SM4, Key
from shequtong.core.phones import normalise_phone
from shequtong.core.sealed.ciphers import hmac_sm3

Normalise = Callable[[str], str]
# Telephones hash alike in every area, so their domain and its one form stand here.
PHONE_DOMAIN = "phone"
_normalisers: dict[str, Normalise] = {PHONE_DOMAIN: normalise_phone}


def same(value: str) -> str:
    """No normalisation but the spaces around."""
    return value.strip()


def register(domain: str, normalise: Normalise | None) -> None:
    """Have every hash of `domain` made of `normalise(value)`; the first field that names one decides, others must agree."""
    if normalise is not None and _normalisers.setdefault(domain, normalise) is not normalise:
        raise ValueError(f"keyed hashes of {domain!r} are already normalised by {_normalisers[domain].__qualname__}")


def hash_of(domain: str, value: str) -> str:
    """The hash of `value` under the current key, as a new row stores it. Raises what the domain's normalisation raises."""
    return _hash(keys.ring().current, domain, _normalisers.get(domain, same)(value))


def hashes_of(domain: str, value: str) -> list[str]:
    """Every hash under which a row may hold `value` while keys are rotated, the current key's first:
    `filter(phone_hash__in=hashes_of("phone", "138…"))`. Raises what the domain's normalisation raises.
    """
    ring = keys.ring()
    normal = _normalisers.get(domain, same)(value)
    others = [key for key in ring.by_age() if key is not ring.current]
    return [_hash(key, domain, normal) for key in (ring.current, *others)]


def _hash(key: Key, domain: str, normal: str) -> str:
    data = f"{domain}\0{normal}".encode()
    return f"{key.id}.{keyed(key, data).hex()}"


def keyed(key: Key, data: bytes) -> bytes:
    """HMAC-SHA-256 of `data`, or HMAC-SM3 for an SM4 key: 32 bytes."""
    if key.algorithm == SM4:
        return hmac_sm3(key.hash, data)
    mac = _begun(key.hash).copy()
    mac.update(data)
    return mac.digest()


@lru_cache(maxsize=16)
def _begun(key: bytes) -> hmac.HMAC:
    """The key taken in, once: half the work of a short text."""
    return hmac.new(key, digestmod="sha256")
