"""The bundle: what a page asks for is what Vite built; without a bundle a page still comes out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from shequtong.ui import checks, manifest
from shequtong.ui.templatetags.ui import icon, light, stage, vite_asset

BUILT = {
    "icons.svg": {"file": "assets/icons-1.svg"},
    "_all-1.js": {"file": "assets/all-1.js", "css": ["assets/all-1.css"]},
    "ui/desk.ts": {
        "file": "assets/desk-1.js",
        "name": "desk",
        "isEntry": True,
        "imports": ["_all-1.js"],
        "css": ["assets/desk-1.css"],
    },
}


@pytest.fixture
def dist(tmp_path: Path) -> Iterator[Path]:
    """An empty folder in the place of frontend/dist."""
    with override_settings(STATICFILES_DIRS=[("built", tmp_path)]):
        manifest.forget()
        yield tmp_path
    manifest.forget()


def test_an_entry_brings_its_styles_its_module_and_what_that_imports(dist: Path) -> None:
    (dist / "manifest.json").write_text(json.dumps(BUILT), encoding="utf-8")
    assert vite_asset("desk") == (
        '<link rel="stylesheet" href="/static/built/assets/all-1.css">'
        '<link rel="stylesheet" href="/static/built/assets/desk-1.css">'
        '<link rel="modulepreload" href="/static/built/assets/all-1.js">'
        '<script type="module" src="/static/built/assets/desk-1.js"></script>'
    )
    assert (
        icon("home")
        == '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="/static/built/assets/icons-1.svg#home"/></svg>'
    )
    assert checks.front_end_is_built() == []


def test_an_unknown_entry_is_an_error_of_ours(dist: Path) -> None:
    (dist / "manifest.json").write_text(json.dumps(BUILT), encoding="utf-8")
    with pytest.raises(LookupError, match="wall"):
        vite_asset("wall")


def test_without_a_bundle_the_page_comes_out_plain_and_a_check_says_why(dist: Path) -> None:
    assert vite_asset("desk") == ""
    assert [found.id for found in checks.front_end_is_built()] == ["ui.W001"]


def test_signs_escape_what_they_show() -> None:
    assert "<i>" not in stage("<i>", "half", "info") + light("<i>", "circle", "good", "<i>") + icon("x", "<i>")
    assert 'data-code="a&quot;b"' in stage("Word", code='a"b')
