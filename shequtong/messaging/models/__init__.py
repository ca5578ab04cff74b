"""What is to be told, and to whom."""

from .message import Message, MessageQuerySet

__all__ = ["Message", "MessageQuerySet"]
