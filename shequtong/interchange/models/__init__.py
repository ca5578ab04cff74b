"""What this area stores."""

from .system_key import SystemKey

__all__ = ["SystemKey"]
