"""GeoReport v2 on the wire (Open311 报文): a tree of plain values as XML or JSON. Pure.

JSON is the XML without its outer container (wiki.open311.org, "JSON and XML Conversion"): every list, and every single request, is a bare
array. Empty values are empty elements in XML and null in JSON.
"""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

CONTENT_TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets): half of a pair, most control characters.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Item = Mapping[str, Any]


def items_as(fmt: str, container: str, name: str, items: Sequence[Item]) -> bytes:
    """A list: `<container><name>…` in XML, a bare array in JSON."""
    if fmt == "json":
        return _json(items)
    root = ET.Element(container)
    for one in items:
        _fill(ET.SubElement(root, name), one)
    return _xml(root)


def item_as(fmt: str, name: str, item: Item) -> bytes:
    """One thing with a name of its own: discovery, a service's definition."""
    if fmt == "json":
        return _json(item)
    root = ET.Element(name)
    _fill(root, item)
    return _xml(root)


# How the members of a list are called in XML, by the list's name.
_MEMBERS = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}


def _fill(element: ET.Element, item: Item) -> None:
    for name, value in item.items():
        child = ET.SubElement(element, name)
        if isinstance(value, Mapping):
            _fill(child, value)
        elif isinstance(value, list | tuple):
            for one in value:
                member = ET.SubElement(child, _MEMBERS[name])
                if isinstance(one, Mapping):
                    _fill(member, one)
                else:
                    member.text = _said(one)
        else:
            child.text = _said(value)


def _said(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return when(value)
    return _NOT_IN_XML.sub("\ufffd", str(value))


def when(at: datetime) -> str:
    """W3C date and time to the second with its zone, which is mandatory."""
    assert at.tzinfo is not None, "a moment without a zone says nothing to others"
    return at.isoformat(timespec="seconds")


def _xml(root: ET.Element) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}'.encode()


def _json(value: object) -> bytes:
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return when(value)
    return None if value == "" else value
