"""The address a request comes from (来源地址), and the form in which it is counted: a keyed hash, never itself."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest  # noqa: TID251  # what an address is read from

from shequtong.core.sealed import hash_of

ADDRESS_DOMAIN = "address"


def address_of(request: HttpRequest) -> str:
    """The visitor's network address; behind our proxy the one the proxy saw. "" when there is none.

    An IPv6 visitor owns a /64 and more, so the /64 is what is counted.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # Only the last entry was written by our own proxy; what stands before it anyone can make up.
        text = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or text
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if found.version == 6:
        mapped = getattr(found, "ipv4_mapped", None)
        return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


def address_hash(address: str) -> str:
    """How an address is stored for counting."""
    return hash_of(ADDRESS_DOMAIN, address)
