"""Every pair of text and ground keeps 4.5 : 1, every sign and field edge 3 : 1, in light and in dark (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "frontend" / "ui" / "css"
CSS = (FOLDER / "tokens.css").read_text(encoding="utf-8")
LARGE_CSS = (FOLDER / "large-print.css").read_text(encoding="utf-8")


def tokens(css: str) -> dict[str, tuple[str, str]]:
    """Light and dark value of each colour that a stylesheet sets."""
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)}


TOKENS = tokens(CSS.split(".face-resident")[0])
LARGE = TOKENS | tokens(LARGE_CSS)
TONES = ("good", "warn", "bad", "info", "quiet")
GROUNDS = ("ground", "sheet", "sheet-2", "sunk")
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "link") for ground in GROUNDS]
TEXT += [(tone, f"{tone}-soft") for tone in TONES] + [(tone, "sheet") for tone in TONES]
TEXT += [("on-brand", "brand"), ("on-brand", "brand-strong"), ("link", "brand-soft"), ("ink", "brand-soft")]
SIGNS = [(f"{tone}-solid", ground) for tone in TONES for ground in (f"{tone}-soft", "sheet", "ground")]
SIGNS += [("line-2", "sheet"), ("focus", "sheet"), ("focus", "ground"), ("brand", "sheet")]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` after WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str, mode: int) -> None:
    assert contrast(TOKENS[ink][mode], TOKENS[ground][mode]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_signs_and_edges_can_be_seen(sign: str, ground: str, mode: int) -> None:
    assert contrast(TOKENS[sign][mode], TOKENS[ground][mode]) >= 3


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_large_print_has_the_contrast_of_the_highest_level(ink: str, ground: str, mode: int) -> None:
    assert contrast(LARGE[ink][mode], LARGE[ground][mode]) >= 7


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_signs_and_edges_of_large_print_can_be_seen(sign: str, ground: str, mode: int) -> None:
    assert contrast(LARGE[sign][mode], LARGE[ground][mode]) >= 3


def test_no_type_of_large_print_is_under_18_pixels() -> None:
    sizes = [float(size) * 16 for size in re.findall(r"--text-\w+: ([\d.]+)rem", LARGE_CSS)]
    assert len(sizes) == len(set(re.findall(r"--text-\w+", CSS)))
    assert min(sizes) >= 18
