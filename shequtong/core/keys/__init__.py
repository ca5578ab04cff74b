"""Keys (密钥): everything secret that the platform makes for itself, in files of mode 600 outside the database.

`<SHEQUTONG_DATA>/keys/` holds `sealing.json` (the key ring), `audit.key` (the audit chain) and `secret_key` (Django's), made together
on the first run. SEALING_KEYS (the ring's JSON), AUDIT_KEY (base64, 32 bytes) and SECRET_KEY in the environment go before the files.
Settings call `prepare`; everything else asks `ring()` and `audit_key()`. See docs/operations/keys.md.
"""

from shequtong.core.keys.files import KeyFileError
from shequtong.core.keys.keyring import ALGORITHMS, Key, Ring
from shequtong.core.keys.store import audit_key, bring_back, change_ring, folder, prepare, ring, ring_from_environment

__all__ = [
    "ALGORITHMS",
    "Key",
    "KeyFileError",
    "Ring",
    "audit_key",
    "bring_back",
    "change_ring",
    "folder",
    "prepare",
    "ring",
    "ring_from_environment",
]
