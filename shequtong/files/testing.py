"""Drawn photos, hostile files and a place for tests."""

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageDraw

from shequtong.core.actors import SystemActor
from shequtong.core.locality import Local
from shequtong.core.models import Submission
from shequtong.files.models import Blob
from shequtong.files.usecases import store_photo

NOON = datetime(2026, 4, 13, 4, tzinfo=UTC)  # a Monday, 12:00 in Suzhou
_SERIALS = count(1)
CAMERA = SystemActor("Camera")
GPS = {1: "N", 2: (31.0, 17.0, 56.0), 3: "E", 4: (120.0, 35.0, 7.0)}


def draw(width: int = 640, height: int = 480, colour: str = "steelblue", words: str = "") -> Image.Image:
    """A picture whose left half is red above, so that one sees which way up it is."""
    image = Image.new("RGB", (width, height), colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 2, height // 2), fill="red")
    pen.text((10, height - 20), words, fill="white")
    return image


def encoded(
    image: Image.Image, kind: str = "JPEG", *, orientation: int = 1, taken: str = "", gps: bool = False, note: str = ""
) -> bytes:
    """The picture as a camera would write it, with what it says about itself."""
    tags = image.getexif()
    tags[ExifTags.Base.Orientation] = orientation
    if note:
        tags[ExifTags.Base.ImageDescription] = note
    if taken:
        tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if gps:
        tags.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    out = BytesIO()
    image.save(out, kind, exif=tags)
    return out.getvalue()


def photo(words: str = "") -> bytes:
    """A small JPEG; different words make different bytes."""
    return encoded(draw(words=words))


def png_bomb(width: int, height: int) -> bytes:
    """A small PNG that unpacks to width × height black pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    packed = b"".join([packer.compress(row) for _ in range(min(height, 20_000))]) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def upload(data: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a form posts it; name and type are the sender's claims."""
    return SimpleUploadedFile(name, data, content_type)


def make_blob(place: int, claim: str = "form-1", *, words: str = "", now: datetime = NOON) -> Blob:
    """A stored photo, not attached yet."""
    return store_photo(data=photo(words or claim), subdistrict_id=place, claim=claim, by=CAMERA, now=now)


def make_owner(place: int) -> Local:
    """Something that photos can be attached to; any local row will do, and core has one."""
    return Submission.objects.create(subdistrict_id=place, key=f"owner-{next(_SERIALS)}", path="/", answer="/", at=NOON)


def files_in(folder: Path) -> list[Path]:
    """All files under a folder, by name."""
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
