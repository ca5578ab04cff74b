"""What was typed, or sent."""

from .keys import KeyForm, RevokeForm
from .requests import read_request
from .webhooks import ReplayForm, SubscriptionForm

__all__ = ["KeyForm", "ReplayForm", "RevokeForm", "SubscriptionForm", "read_request"]
