"""From what was sent to what is kept (照片处理): a pure function that believes nothing a file says about itself.

The kind is sniffed from the bytes, only that kind's decoder is asked, sizes are checked before anything is decoded, and what is shown is
drawn anew: scripts, trailers and metadata do not survive that. It takes processor time (about 0.3 s for 12 megapixels), so it is called
before any transaction.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import filetype
import pillow_heif
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from shequtong.core.refusals import Refusal
from shequtong.files import exif

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 60_000_000
# No camera writes these; 200 KB of them unpack to a quarter of a gigabyte and hold the server for seconds.
_MAX_PIXELS_OF = {"image/png": 24_000_000, "image/webp": 24_000_000}
SHOWN_SIDE, THUMB_SIDE = 1600, 400  # pixels of the longer side
SHOWN_QUALITY, THUMB_QUALITY = 82, 75
_DECODERS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
_SAME = {"image/apng": "image/png"}
_DEEP_HEIC = (b"heix", b"heim", b"heis")  # ten bits a colour, several layers: telephones write them, filetype does not know them
_SNIFFED = 4096  # bytes

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False  # half a photo is no evidence


class BadPhoto(Refusal):
    """What was sent is no photo we can keep; the sentence names the file and says what to do."""


@dataclass(frozen=True)
class PreparedPhoto:
    """A photo that was decoded whole: the bytes as they came, the copies to show (JPEG, upright, without metadata), and what it says."""

    original: bytes
    original_mime: str
    sha256: str  # of the original
    shown: bytes
    thumb: bytes
    width: int  # of the shown copy
    height: int
    exif: dict[str, Any]
    taken_at: datetime | None


def prepare_photo(data: "UploadedFile[bytes] | bytes", name: str = "", zone: ZoneInfo | None = None) -> PreparedPhoto:
    """Decode one JPEG, PNG, WebP or HEIC file of at most 12 MB and 60 megapixels (PNG and WebP 24); of an animation, the first picture.

    `name` is what the sender calls the file, `zone` the place's (for cameras that do not write theirs). Raises BadPhoto.
    """
    shown_name = _short(name or (data.name or "" if isinstance(data, UploadedFile) else ""))
    size = data.size or 0 if isinstance(data, UploadedFile) else len(data)
    if size > MAX_BYTES:
        raise BadPhoto(
            _("%(file)s is too large (%(size)s MB). A photo may have %(most)s MB.")
            % {"file": shown_name, "size": round(size / 1024 / 1024, 1), "most": MAX_BYTES // 1024 // 1024}
        )
    original = data.read() if isinstance(data, UploadedFile) else data
    if not original:
        raise BadPhoto(_("%(file)s is empty. Please choose it again.") % {"file": shown_name})
    mime = _sniff(original)
    if mime not in _DECODERS:
        raise BadPhoto(_("%(file)s is not a photo we can read. Please send JPEG, PNG, WebP or HEIC.") % {"file": shown_name})
    try:
        return _decode(original, mime, shown_name, zone or ZoneInfo(settings.TIME_ZONE))
    except BadPhoto:
        raise
    except Exception as error:  # decoders raise a dozen kinds of errors on broken files
        raise BadPhoto(
            _("%(file)s is damaged or incomplete. Please choose it again or send another photo.") % {"file": shown_name}
        ) from error


def _sniff(original: bytes) -> str:
    """The kind by the bytes alone; "" when they are of no kind known."""
    if original[4:8] == b"ftyp" and original[8:12] in _DEEP_HEIC:
        return "image/heic"
    found = filetype.guess_mime(original[:_SNIFFED]) or ""
    return _SAME.get(found, found)


def _decode(original: bytes, mime: str, name: str, zone: ZoneInfo) -> PreparedPhoto:
    most = _MAX_PIXELS_OF.get(mime, MAX_PIXELS)
    too_many = BadPhoto(
        _("%(file)s has too many pixels. A photo may have %(most)s megapixels.") % {"file": name, "most": most // 1_000_000}
    )
    try:
        image: Image.Image = Image.open(BytesIO(original), formats=[_DECODERS[mime]])
    except Image.DecompressionBombError:
        raise too_many from None
    with image:
        if image.width * image.height > most:
            raise too_many
        found = exif.read_exif(image)
        image.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))  # JPEG only: decodes an eighth, quarter or half of the size
        image.load()
        shown = _upright(image)
    thumb = shown.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return PreparedPhoto(
        original=original,
        original_mime=mime,
        sha256=hashlib.sha256(original).hexdigest(),
        shown=_jpeg(shown, SHOWN_QUALITY),
        thumb=_jpeg(thumb, THUMB_QUALITY),
        width=shown.width,
        height=shown.height,
        exif=found,
        taken_at=exif.taken_at(found, zone),
    )


def _upright(image: Image.Image) -> Image.Image:
    """The picture at shown size, as it is to be looked at, on white where it is transparent."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    elif image.mode not in ("RGB", "L", "RGBA"):  # a conversion to what it is already would copy it whole
        has_alpha = "A" in image.mode or "transparency" in image.info
        image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((SHOWN_SIDE, SHOWN_SIDE), reducing_gap=2.0)
    turned = ImageOps.exif_transpose(image)
    if turned.mode != "RGBA":
        return turned.convert("RGB")
    paper = Image.new("RGB", turned.size, "white")
    paper.paste(turned, mask=turned.getchannel("A"))
    return paper


def _jpeg(image: Image.Image, quality: int) -> bytes:
    clean = Image.new("RGB", image.size)
    clean.paste(image)  # a new picture has no metadata of the old one to save
    out = BytesIO()
    clean.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _short(name: str) -> str:
    """The sender's name for the file, as a sentence can hold it."""
    plain = "".join(letter for letter in name if letter.isprintable())
    return f"“{plain[:24]}…{plain[-12:]}”" if len(plain) > 40 else f"“{plain}”" if plain else _("The file")
