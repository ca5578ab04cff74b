"""Logins and what proves them."""

from .account import Account

__all__ = ["Account"]
