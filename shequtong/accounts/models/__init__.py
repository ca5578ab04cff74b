"""Logins and what proves them."""

from .account import Account
from .guard import Guard
from .session import Session
from .sign_in_code import SignInCode
from .totp_secret import TotpSecret

__all__ = ["Account", "Guard", "Session", "SignInCode", "TotpSecret"]
