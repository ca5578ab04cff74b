"""What this area stores."""

from .import_run import ImportRun
from .system_key import SystemKey

__all__ = ["ImportRun", "SystemKey"]
