"""What the outbox asks of a gateway, and nothing more."""

from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class GatewayError(Exception):
    """The message was not accepted this time: no connection, a time-out, a limit of the provider. It will be tried again.

    `code` is kept with the message and logged: it must hold no number, name or text.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class GatewayRefusedError(GatewayError):
    """The provider will never take this message: the number does not exist, the wording is not approved. It is not tried again."""


class Gateway(Protocol):
    """One provider of text messages."""

    def send(self, phone: str, text: str, ref: str) -> str:
        """Hand one message to the provider and return its reference ("" when it gives none).

        `ref` is the same whenever this message is sent again (a worker died before it could note the acceptance): a provider that
        knows it must not deliver twice. Must return or raise within 30 seconds, well before the claim may be taken over.
        Raises GatewayError or GatewayRefusedError.
        """


def gateway() -> Gateway:
    """The gateway of the settings: a dotted path to a class that needs no arguments."""
    return cast(Gateway, import_string(settings.MESSAGING_GATEWAY)())
