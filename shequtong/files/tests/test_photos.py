"""prepare_photo: four kinds are read, turned, shrunk and stripped; what lies about itself is refused in plain words."""

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from shequtong.files import exif
from shequtong.files.photos import MAX_BYTES, BadPhoto, prepare_photo
from shequtong.files.testing import draw, encoded, photo, png_bomb, upload

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def reason(data: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(BadPhoto) as refused:
        prepare_photo(upload(data, name))
    return str(refused.value)


@pytest.mark.parametrize(
    ("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("HEIF", "image/heic")]
)
def test_four_kinds_become_a_plain_jpeg_and_a_thumbnail(kind: str, mime: str) -> None:
    data = encoded(draw(2400, 1800), kind, taken="2026:04:13 12:30:00", gps=True)
    found = prepare_photo(upload(data, "whatever.txt", "text/plain"))
    assert (found.original_mime, found.width, found.height) == (mime, 1600, 1200)
    assert found.original == data
    for copy, side in ((found.shown, 1600), (found.thumb, 400)):
        image = opened(copy)
        assert (image.format, image.width, dict(image.getexif())) == ("JPEG", side, {})
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
    assert found.taken_at == datetime(2026, 4, 13, 4, 30, tzinfo=UTC)
    assert exif.position(found.exif) == pytest.approx((120.585277, 31.298888), abs=1e-5)


@pytest.mark.parametrize(("orientation", "red"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_is_shown_upright(orientation: int, red: tuple[int, int]) -> None:
    found = prepare_photo(encoded(draw(), orientation=orientation))
    image = opened(found.shown).convert("RGB")
    pixels = {
        (x, y): image.getpixel((image.width // 4 + x * image.width // 2, image.height // 4 + y * image.height // 2))
        for x in (0, 1)
        for y in (0, 1)
    }
    reddest = max(pixels, key=lambda place: pixels[place][0] - pixels[place][2])  # type: ignore[index]  # an RGB pixel is a tuple
    assert reddest == red


def test_a_small_photo_is_not_blown_up() -> None:
    found = prepare_photo(encoded(draw(30, 20)))
    assert (found.width, found.height, opened(found.thumb).width) == (30, 20, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_colouring_is_shown(mode: str) -> None:
    image = draw().convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.frombytes("I;16", image.size, b"".join(bytes((value, value)) for value in image.tobytes()))
    out = BytesIO()
    image.save(out, "JPEG" if mode == "CMYK" else "PNG")
    shown = opened(prepare_photo(out.getvalue()).shown)
    assert shown.mode == "RGB"
    low, high = shown.convert("L").getextrema()
    assert low < high  # type: ignore[operator]  # one band: two numbers


def test_transparent_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(prepare_photo(out.getvalue()).shown).getpixel((25, 25)) == (255, 255, 255)


def test_of_an_animation_the_first_picture() -> None:
    for kind in ("WEBP", "PNG"):
        out = BytesIO()
        draw(colour="red").save(out, kind, save_all=True, append_images=[draw(colour="green"), draw(colour="blue")])
        shown = opened(prepare_photo(out.getvalue()).shown).convert("RGB")
        assert shown.getpixel((600, 400))[0] > 200  # type: ignore[index]  # an RGB pixel is a tuple


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SVG, "logo.svg"),
        (SVG, "photo.jpg"),
        (HTML, "photo.jpg"),
        (b"GIF89a" + b"\0" * 100, "fun.gif"),
        (b"%PDF-1.7\n" + b"\0" * 100, "photo.png"),
        (b"MZ" + b"\0" * 100, "photo.webp"),
        (b"BM" + b"\0" * 100, "photo.bmp"),
        (b"text", "photo.jpg"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_name(data: bytes, name: str) -> None:
    assert name in reason(data, name)
    assert "JPEG" in reason(data, name)


def test_an_empty_file_is_refused() -> None:
    assert "photo.jpg" in reason(b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_half_a_photo_is_refused(kind: str, share: float) -> None:
    data = encoded(Image.effect_noise((400, 300), 60).convert("RGB"), kind)
    reason(data[: int(len(data) * share)])


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (1_000_000, 100), (10_000, 6_001), (6_000, 4_001)])
def test_a_bomb_is_refused_before_it_is_unpacked(width: int, height: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import ImageFile

    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda *_: pytest.fail("it was unpacked"))
    data = png_bomb(width, height)
    assert len(data) < MAX_BYTES
    assert "24" in reason(data)


def test_thirteen_megabytes_are_refused_unread() -> None:
    file = upload(photo() + b"\0" * 13 * 1024 * 1024, "holiday.jpg")
    with pytest.raises(BadPhoto, match=r"holiday\.jpg"):
        prepare_photo(file)
    assert file.tell() == 0


def test_what_hangs_on_behind_is_not_in_what_is_shown() -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("evil.html", HTML)
    found = prepare_photo(photo() + HTML + archive.getvalue())
    for copy in (found.shown, found.thumb):
        assert b"<script" not in copy
        assert b"PK\x03\x04" not in copy


def test_a_script_in_the_metadata_stays_text_of_the_sealed_part() -> None:
    found = prepare_photo(encoded(draw(), note="<script>alert(1)</script>" + "A" * 40_000))
    assert b"<script" not in found.shown
    kept = json.loads(exif.as_text(found.exif))
    assert kept["ImageDescription"].startswith("<script>")
    assert len(kept["ImageDescription"]) == exif.TEXT_LIMIT


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "1970:01:01 00:00:00", "nonsense", "9999:12:31 23:59:59", "2026:02:30 10:00:00"]
)
def test_a_senseless_camera_clock_says_nothing(taken: str) -> None:
    found = prepare_photo(encoded(draw(), taken=taken)).taken_at
    assert found is None or found.year == 9999


def test_the_camera_clock_is_read_in_the_zone_of_the_place() -> None:
    data = encoded(draw(), taken="2026:04:13 12:00:00")
    assert prepare_photo(data, zone=ZoneInfo("UTC")).taken_at == datetime(2026, 4, 13, 12, tzinfo=UTC)


def test_a_long_or_wicked_name_is_shortened() -> None:
    said = reason(SVG, "x" * 300 + "\u202egpj.exe")
    assert len(said) < 200
    assert "\u202e" not in said
