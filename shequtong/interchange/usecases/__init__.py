"""What comes in from elsewhere, through other areas' use-cases only."""

from .replay_message import Outcome, replay_message

__all__ = ["Outcome", "replay_message"]
