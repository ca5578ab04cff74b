"""Time-based codes of an authenticator app (动态口令, RFC 6238): six digits, SHA-1, steps of 30 seconds; what every app can do."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP = 30  # seconds
DRIFT = 1  # steps a phone's clock may be off, either way
DIGITS = 6
_SECRET_BYTES = 20


def new_secret() -> str:
    """A secret of 160 bits in base 32, as apps take it."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def step_at(now: datetime) -> int:
    """The step `now` lies in."""
    return int(now.timestamp()) // STEP


def code_of(secret: str, step: int) -> str:
    """The code of one step."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code was typed, None when it is none of those around `now`. Compares all of them, whichever is right."""
    typed, here = code.strip().replace(" ", "").encode(), step_at(now)
    found = [step for step in range(here - DRIFT, here + DRIFT + 1) if hmac.compare_digest(code_of(secret, step).encode(), typed)]
    return max(found, default=None)


def app_address(secret: str, login: str, issuer: str) -> str:
    """The otpauth:// address that a QR code carries to the app."""
    return f"otpauth://totp/{quote(f'{issuer}:{login}')}?{urlencode({'secret': secret, 'issuer': issuer})}"
