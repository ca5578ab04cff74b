"""The gateway that sends nothing: it writes a masked line to the log, so that one sees that the worker works."""

import logging

from django.conf import settings

from shequtong.core.sealed.masks import mask_phone

logger = logging.getLogger(__name__)


class ConsoleGateway:
    """For the demo and for development. In the demo the text itself stands on `/dev/outbox/`."""

    def send(self, phone: str, text: str, ref: str) -> str:
        """Log the masked number and the length of the text; no provider reference."""
        # The demo's own history would push the list of who may sign in off the screen.
        level = logging.DEBUG if settings.SHEQUTONG_DEMO else logging.INFO
        logger.log(level, "text message %s to %s, %d characters", ref, mask_phone(phone), len(text))
        return ""
