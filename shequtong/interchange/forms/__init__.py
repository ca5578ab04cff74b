"""What was typed, or sent."""

from .keys import KeyForm, RevokeForm
from .requests import read_request

__all__ = ["KeyForm", "RevokeForm", "read_request"]
