"""Checks before going to production (上线自检): what no default can know."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def site_url_is_known(**_: Any) -> list[CheckMessage]:
    """Warn when text messages could only carry links without a host, which nobody can open."""
    if settings.SITE_URL.startswith("https://"):
        return []
    hint = "Set SHEQUTONG_SITE_URL to the address by which residents reach the platform, https://…"
    return [Warning("Links in text messages have no host.", hint=hint, id="config.W001")]


# Those of ours that reach nobody's telephone, and what becomes of a message there.
_STAYS_HERE = {
    "shequtong.messaging.gateways.ConsoleGateway": "sends nothing",
    "shequtong.messaging.gateways.FileGateway": "writes them to a file, with numbers and codes",
}


@register(Tags.security, deploy=True)
def text_messages_leave(**_: Any) -> list[CheckMessage]:
    """Warn when nobody would ever get a code or a message."""
    does = _STAYS_HERE.get(settings.MESSAGING_GATEWAY)
    if does is None:
        return []
    hint = "Set MESSAGING_GATEWAY to the adapter of your provider (docs/operations/running.md)."
    return [Warning(f"No text message leaves: the gateway {does}.", hint=hint, id="config.W002")]
