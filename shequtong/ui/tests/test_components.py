"""Every component renders in both faces and both languages, with nothing inline that the policy would refuse."""

import json
import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from shequtong.ui import views
from shequtong.ui.templatetags.ui import stage

UI = Path(__file__).resolve().parents[1]
FRONTEND = UI.parents[1] / "frontend"
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
INLINE = re.compile(
    r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*(\ssrc=|application/json))""", re.IGNORECASE
)


def page(face: str, language: str = "en") -> str:
    """The page of components as text, on the layout of `face`."""
    with translation.override(language):
        return views.components(RequestFactory().get("/ui/components/", {"face": face})).content.decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_anything_inline(template: Path) -> None:
    assert not INLINE.search(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("face", ["desk", "resident"])
def test_the_page_of_components_has_nothing_inline_and_nothing_unrendered(face: str) -> None:
    shown = page(face)
    assert not INLINE.search(shown)
    for leftover in ("<c-", "</c-", "{%", "{{", "<c-vars"):
        assert leftover not in shown


def test_every_component_is_shown_on_the_page_of_components() -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in (UI / "templates" / "ui").rglob("*.html"))
    for component in (UI / "templates" / "cotton").rglob("*.html"):
        parts = component.relative_to(UI / "templates" / "cotton").with_suffix("").parts
        name = ".".join(part.replace("_", "-") for part in parts if part != "index")
        assert re.search(rf"<c-{re.escape(name)}[\s>]", used), f"c-{name} is not shown at /ui/components/"


def test_ids_on_the_page_are_unique() -> None:
    ids = re.findall(r'\sid="([^"]+)"', page("desk"))
    assert len(ids) == len(set(ids))


def test_both_languages_say_which_they_are() -> None:
    assert '<html lang="en"' in page("desk", "en")
    assert '<html lang="zh-CN"' in page("desk", "zh-hans")


def test_a_layout_has_landmarks_and_a_way_past_the_menu() -> None:
    for face in ("desk", "resident"):
        shown = page(face)
        assert 'href="#content"' in shown
        assert len(re.findall(r"<main[^>]*id=\"content\"", shown)) == 1
        assert "<header" in shown
        assert "<nav" in shown


def test_every_icon_used_in_ui_is_in_the_list_of_icons() -> None:
    known = json.loads((FRONTEND / "ui" / "icons.json").read_text(encoding="utf-8"))
    for template in TEMPLATES:
        for name in re.findall(r'{%\s*icon\s+"([^"]+)"', template.read_text(encoding="utf-8")):
            assert name in known, f"{template.name} uses the icon {name}"


def test_the_head_post_is_visible_and_can_be_switched() -> None:
    shown = page("desk")
    assert 'class="who__post">Head of the precinct office<' in shown
    assert 'name="appointment" value="2"' in shown
    assert shown.count('name="submit_key"') >= 4  # switch, sign out, and every form of the page itself


def test_a_sign_that_was_drawn_is_not_taken_for_one_that_reads_the_same() -> None:
    assert "<b>急</b>" in stage(mark_safe("<b>急</b>"))
    assert "<b>急</b>" not in stage("<b>急</b>")
    assert stage("急", tone="bad") != stage("急", tone="good")
