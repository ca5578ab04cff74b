"""What the camera wrote (EXIF): read once into plain JSON, kept sealed beside the photo, never inside the copy that is shown."""

import json
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image

TEXT_LIMIT, JSON_LIMIT = 200, 20_000  # characters; a hostile file may carry megabytes here
_DEEPER = {"exif": ExifTags.IFD.Exif, "gps": ExifTags.IFD.GPSInfo}
_EARLIEST = 1990  # no digital camera wrote this before


def read_exif(image: Image.Image) -> dict[str, Any]:
    """All readable tags by name, those of the GPS block under "gps". Never raises for what a file holds: unreadable tags are left out."""
    found: dict[str, Any] = {}
    try:
        tags = image.getexif()
        found.update(_named(tags, ExifTags.TAGS))
        for name, block in _DEEPER.items():
            if inner := _named(tags.get_ifd(block), ExifTags.GPSTAGS if name == "gps" else ExifTags.TAGS):
                found[name] = inner
    except Exception:
        found["unreadable"] = True  # Pillow raises a dozen kinds of errors on broken blocks; the photo itself may be fine
    return found


def as_text(found: Mapping[str, Any]) -> str:
    """The JSON that is sealed; "" for none. Too long a text keeps only its first level of short values."""
    if not found:
        return ""
    text = json.dumps(found, ensure_ascii=False, allow_nan=False)
    if len(text) <= JSON_LIMIT:
        return text
    short = {name: value for name, value in found.items() if isinstance(value, int | float | str)}
    return json.dumps({**dict(list(short.items())[:50]), "shortened": True}, ensure_ascii=False)


def taken_at(found: Mapping[str, Any], zone: ZoneInfo) -> datetime | None:
    """When the shutter opened, by the camera's clock; in `zone` when the camera does not say its own. None when it says nothing sensible."""
    details = found.get("exif", {})
    written = details.get("DateTimeOriginal") or details.get("DateTimeDigitized") or found.get("DateTime")
    try:
        moment = datetime.strptime(str(written), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  # the zone is put on below
        offset = details.get("OffsetTimeOriginal")
        moment = datetime.fromisoformat(f"{moment.isoformat()}{offset}") if offset else moment.replace(tzinfo=zone)
        moment.astimezone(ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= _EARLIEST and abs(moment.utcoffset() or timedelta()) < timedelta(hours=15) else None


def position(found: Mapping[str, Any]) -> tuple[float, float] | None:
    """(lon, lat) in degrees as the camera wrote them, None without or when impossible."""
    gps = found.get("gps", {})
    lon = _degrees(gps.get("GPSLongitude"), gps.get("GPSLongitudeRef") == "W")
    lat = _degrees(gps.get("GPSLatitude"), gps.get("GPSLatitudeRef") == "S")
    if lon is None or lat is None or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return lon, lat


def _degrees(value: Any, negative: bool) -> float | None:
    if not (isinstance(value, list) and len(value) == 3 and all(isinstance(part, int | float) for part in value)):
        return None
    found = value[0] + value[1] / 60 + value[2] / 3600
    return float(-found if negative else found)


def _named(tags: Mapping[int, Any], names: Mapping[int, str]) -> dict[str, Any]:
    found = {}
    for tag, value in tags.items():
        plain = _plain(value)
        if plain is not None and tag in names:
            found[names[tag]] = plain
    return found


def _plain(value: Any) -> Any:
    """A value as JSON has it; None for what is worth nothing (binary blocks, broken fractions)."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value.replace("\0", "").strip()[:TEXT_LIMIT] or None
    if isinstance(value, tuple | list):
        parts = [_plain(part) for part in value[:16]]
        return None if None in parts else parts
    try:
        number = float(value)  # Pillow's fractions
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if math.isfinite(number) else None
