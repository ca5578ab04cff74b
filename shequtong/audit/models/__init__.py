"""The log's tables."""

from .entry import Entry
from .seal import Seal
from .security_event import SecurityEvent

__all__ = ["Entry", "Seal", "SecurityEvent"]
