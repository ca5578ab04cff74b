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


@register(Tags.security, deploy=True)
def text_messages_leave(**_: Any) -> list[CheckMessage]:
    """Warn when nobody would ever get a code or a message."""
    if settings.MESSAGING_GATEWAY != "shequtong.messaging.gateways.ConsoleGateway":
        return []
    hint = "Set MESSAGING_GATEWAY to the adapter of your provider (docs/operations/running.md)."
    return [Warning("No text message leaves: the gateway sends nothing.", hint=hint, id="config.W002")]
