"""Facts of this area that others may react to (事件通知)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SubscriptionPaused:
    """What was sent to a system did not arrive for two days; what happens is kept until an administrator lets it go on."""

    subscription_id: int
    key_id: int
    system: str
    at: datetime
