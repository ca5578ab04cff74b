"""What this area stores."""

from .delivery import Delivery
from .import_run import ImportRun
from .subscription import Subscription
from .system_key import SystemKey

__all__ = ["Delivery", "ImportRun", "Subscription", "SystemKey"]
