"""What another system sends (接收表单): POST /requests read strictly; each refusal says which parameter, and what to send instead."""

import re
from collections.abc import Mapping
from math import isfinite
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from shequtong.cases.catalogue import Class
from shequtong.cases.shown import class_name
from shequtong.core.phones import NotAPhone, normalise_phone
from shequtong.interchange.requests_asked import Wrong, class_of, jurisdiction, streets
from shequtong.interchange.shown import LONGEST_DESCRIPTION, attributes_said
from shequtong.interchange.systems import SystemRef
from shequtong.interchange.usecases import NewRequest
from shequtong.territory.address import search_buildings

_MOST_LINKS, _LONGEST_LINK, _LONGEST_REF, _LONGEST_NAME = 5, 300, 60, 80
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,40})\](?:\[\])?")


def read_request(post: MultiValueDict[str, str], ref: str, system: SystemRef) -> NewRequest:
    """What is told. `ref` is the caller's Idempotency-Key. E-mail, device and account are not kept: nothing here needs them.

    A statement or two for an `address_string`, none else. Raises Wrong.
    """
    said = {name: value.strip() for name in post if (value := str(post[name])).strip()}
    if "service_code" not in said:
        raise Wrong(400, _("service_code is missing."))
    kind = class_of(said["service_code"])
    jurisdiction(said.get("jurisdiction_id", ""))
    building, point = _where(said, system)
    if len(ref) > _LONGEST_REF:
        raise Wrong(400, _("Idempotency-Key has at most %(most)d characters.") % {"most": _LONGEST_REF})
    with override(settings.LANGUAGE_CODE):  # what is stored is read by staff, whoever asked in whatever language
        text = _words(post, said, kind)
    return NewRequest(
        class_code=kind.code,
        text=text,
        building_id=building,
        point=point,
        address=said.get("address_string", "")[:160] if point else "",
        name=" ".join(said[name] for name in ("first_name", "last_name") if name in said)[:_LONGEST_NAME],
        phone=_phone(said),
        ref=ref.strip(),
    )


def _phone(said: Mapping[str, str]) -> str:
    try:
        return normalise_phone(said["phone"]) if "phone" in said else ""
    except NotAPhone:
        raise Wrong(400, _("phone is not a telephone number.")) from None


def _words(post: MultiValueDict[str, str], said: Mapping[str, str], kind: Class) -> str:
    """The description, then what the attributes say, then links to pictures, which are not fetched: they are somebody else's server."""
    words = said.get("description", "")
    if len(words) > LONGEST_DESCRIPTION:
        raise Wrong(400, _("description has at most %(most)d characters.") % {"most": LONGEST_DESCRIPTION})
    attributes: dict[str, list[str]] = {}
    for name in post:
        if match := _ATTRIBUTE.fullmatch(name):
            attributes.setdefault(match[1], []).extend(str(one).strip() for one in post.getlist(name) if str(one).strip())
    lines = [words or _("About: %(what)s") % {"what": class_name(kind)}, *attributes_said(kind, attributes)]
    links = [link for one in post.getlist("media_url") if (link := str(one).strip())]
    if len(links) > _MOST_LINKS:
        raise Wrong(400, _("At most %(most)d media_url.") % {"most": _MOST_LINKS})
    for link in links:
        if len(link) > _LONGEST_LINK or not _is_web(link):
            raise Wrong(400, _("media_url is no address of the web."))
        lines.append(_("Picture: %(link)s") % {"link": link})
    return "\n".join(lines)


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(one.isspace() for one in link)


def _where(said: Mapping[str, str], system: SystemRef) -> tuple[int | None, tuple[float, float] | None]:
    """A point before an id before a text: the most exact that is given."""
    if "lat" in said or "long" in said:
        return None, (_degrees(said, "long", 180), _degrees(said, "lat", 90))
    if "address_id" in said:
        told = said["address_id"]
        if not (told.isascii() and told.isdecimal() and len(told) < 19):
            raise Wrong(400, _("No such address_id."))
        return int(told), None
    if "address_string" in said:
        within = tuple(sorted({one.subdistrict for one in streets().values() if one.path.startswith(system.path)}))
        found = search_buildings(said["address_string"], within, limit=1)
        if not found or not found[0].exact:
            raise Wrong(400, _("This address_string was not found. Send lat and long, or an address as on the door plate."))
        return found[0].building_id, None
    raise Wrong(400, _("A location is missing: lat and long, address_string, or address_id."))


def _degrees(said: Mapping[str, str], name: str, most: int) -> float:
    try:
        found = float(said.get(name, ""))
    except ValueError:
        found = float("nan")
    if not isfinite(found) or abs(found) > most:
        raise Wrong(400, _("%(name)s is missing, or no number of degrees (WGS 84).") % {"name": name})
    return found
