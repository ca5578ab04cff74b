"""Paper: what a person wrote is never markup, the same data gives the same bytes, tables repeat their heads, nothing fails for a character."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from django.core.checks import run_checks
from PIL import Image
from pypdf import PdfReader
from pytest_django import Settings

from shequtong.ui.paper import Frame, NoFonts, Sheet, fonts, for_paper, plain, qr_rows, render

NOON = datetime(2026, 4, 13, 4, 0, 0, 123456, tzinfo=UTC)
TEMPLATE = """#import "sheet.typ": *
#show: sheet.with()
#title(data.title)
#if "rows" in data { listing((1fr, 1fr), ("编号", "事项"), data.rows) }
#if "picture" in data { image(data.picture) }
#if "qr" in data { qr(data.qr) }
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A small document of its own."""
    path = tmp_path / "try.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def made(template: Path, title: str, pictures: dict[str, bytes] | None = None, **more: Any) -> bytes:
    """A printed page with these words."""
    frame = Frame(place="狮山街道", title="试印", printed="王强 打印")
    return render(Sheet(template, {"frame": frame.data(), "title": plain(title), **more}, pictures or {}), at=NOON)


def words(pdf: bytes) -> list[str]:
    """The text of each page, without breaks and gaps."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize(
    "typed",
    [
        '#import"x.typ":*',
        "*粗*_斜_`码`",
        "$x$",
        "<标签>@甲",
        "\\u{4e00}",
        '#read("sheet.typ")',
        "//注释/*注释*/",
        "=标题",
        "{page}",
    ],
)
def test_what_was_typed_stays_text(template: Path, typed: str) -> None:
    assert typed in words(made(template, typed))[0]


def test_the_same_data_gives_the_same_bytes(template: Path) -> None:
    assert made(template, "楼道灯") == made(template, "楼道灯") != made(template, "楼道")


@pytest.mark.parametrize("name", ["㐂田", "䶮哥", "彧骉", "龘靐", "犇羴鱻"])
def test_rare_names_are_printed(template: Path, name: str) -> None:
    assert name in words(made(template, name))[0]


@pytest.mark.parametrize("odd", ["好😀", "\ue000", "\U0002ffff", "ABC\x00D\x1bE", "\ufdd0", "👨‍👩‍👧"])
def test_no_character_keeps_a_document_from_being_printed(template: Path, odd: str) -> None:
    assert made(template, odd).startswith(b"%PDF")


def test_most_is_fit_for_an_archive(template: Path) -> None:
    assert b"pdfaid" in made(template, "案卷")


def test_marks_that_turn_or_hide_the_writing_are_dropped() -> None:
    assert plain("甲\u202e乙\u200b丙\x07\r\n丁") == "甲乙丙\n丁"


def test_a_word_without_an_end_stays_on_the_paper(template: Path) -> None:
    long = "A" * 2000
    page = PdfReader(BytesIO(made(template, "", rows=[["1", plain(long)]]))).pages[0]
    found: list[float] = []
    page.extract_text(visitor_text=lambda text, _cm, tm, _font, _size: found.append(tm[4]) if "A" in text else None)
    assert len(found) > 20, "it was broken into lines"
    assert "".join(words(made(template, "", rows=[["1", plain(long)]]))).count("A") >= 2000


def test_a_table_repeats_its_head_and_pages_are_numbered(template: Path) -> None:
    pages = words(made(template, "", rows=[[str(n), "楼道灯"] for n in range(200)]))
    assert len(pages) > 3
    for n, page in enumerate(pages, start=1):
        assert "编号事项" in page
        assert "狮山街道" in page
        assert "王强打印" in page
        assert f"{n}" in page[-12:]


def test_a_picture_is_printed_no_larger_than_paper_shows(template: Path) -> None:
    out = BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(out, "JPEG")
    small = for_paper(out.getvalue())
    with Image.open(BytesIO(small)) as image:
        assert image.size == (900, 675)
    assert len(PdfReader(BytesIO(made(template, "", {"1.jpg": small}, picture="1.jpg"))).pages[0].images) == 1


def test_a_code_says_its_address() -> None:
    address = "https://sqt.example.cn/r/SS-2026-000123-C/"
    rows = qr_rows(address)
    assert rows == ["".join(map(str, row)) for row in segno.make(address, error="q", micro=False).matrix]
    assert {len(row) for row in rows} == {len(rows)}


def test_without_fonts_it_says_so(template: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "ui.W002" not in [found.id for found in run_checks()]
    settings.PAPER_FONTS = str(tmp_path)
    monkeypatch.setattr("shequtong.ui.paper.fonts._DEBIAN", tmp_path)
    assert "ui.W002" in [found.id for found in run_checks()]
    with pytest.raises(NoFonts):
        made(template, "楼道灯")


def test_the_built_fonts_come_first() -> None:
    assert fonts.FAMILIES[0] in fonts.fonts().families()
