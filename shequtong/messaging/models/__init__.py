"""What is to be told, and to whom."""

from .message import Message

__all__ = ["Message"]
