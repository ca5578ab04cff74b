"""Made-up content for the page that shows every component; nothing here is read from or written to a database."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.ui import manifest

WHEN = datetime(2026, 4, 13, 4, tzinfo=UTC)
TONES = ("quiet", "info", "good", "warn", "bad")
SHAPES = ("circle", "ring", "half", "square", "triangle", "diamond", "check", "cross", "pause", "arrow")


class SampleForm(forms.Form):
    """One of each widget."""

    words = forms.CharField(label=_("What happened"), help_text=_("In your own words."), widget=forms.Textarea)
    name = forms.CharField(label=_("Name"), max_length=20, required=False)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), ("1", _("Road")), ("2", _("Lamp"))])
    way = forms.ChoiceField(
        label=_("How shall we answer?"), choices=[("s", _("By SMS")), ("p", _("By phone"))], widget=forms.RadioSelect
    )
    photos = forms.FileField(label=_("Photos"), required=False, help_text=_("Up to six."))
    agree = forms.BooleanField(label=_("I have read the notice"))


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": _("To do"), "url": "#a", "active": True, "count": 12},
        {"label": _("Waiting"), "url": "#b", "active": False, "count": 0},
        {"label": _("Done"), "url": "#c", "active": False, "count": None},
    ]


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "number": "AB-2026-000123-C",
            "title": _("A lamp is dark"),
            "late": "late",
            "tone": "bad",
            "shape": "diamond",
            "light": _("Late"),
        },
        {
            "number": "AB-2026-000124-7",
            "title": _("A loose cover"),
            "late": "soon",
            "tone": "warn",
            "shape": "triangle",
            "light": _("Soon due"),
        },
        {
            "number": "AB-2026-000125-K",
            "title": _("A blocked stair"),
            "late": "",
            "tone": "good",
            "shape": "circle",
            "light": _("On time"),
        },
    ]


def _nav() -> list[dict[str, Any]]:
    return [
        {"label": _("Today"), "url": "#top", "icon": "dashboard", "active": True, "count": None},
        {"label": _("Queue"), "url": "#list", "icon": "list", "active": False, "count": 12},
        {"label": _("Map"), "url": "#map", "icon": "map", "active": False, "count": None},
    ]


def _me() -> dict[str, Any]:
    choices = [
        {"label": _("Head of the precinct office"), "value": "1", "active": True},
        {"label": _("Deputy for Li"), "value": "2", "active": False},
    ]
    post = _("Head of the precinct office")
    return {"name": _("Chen"), "post": post, "place": "", "choices": choices, "switch_url": "#", "sign_out_url": "#"}


MAP_SAMPLE: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "第一网格 1"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[120.55, 31.29], [120.56, 31.29], [120.56, 31.3], [120.55, 31.3], [120.55, 31.29]]],
            },
        }
    ],
}
POINT_SAMPLE: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": name, "tone": tone, "shape": shape, "url": "#list", "note": tone},
            "geometry": {"type": "Point", "coordinates": [lon, 31.295]},
        }
        for name, tone, shape, lon in [
            ("1幢", "good", "circle", 120.552),
            ("2幢", "warn", "triangle", 120.555),
            ("3幢", "bad", "diamond", 120.558),
        ]
    ],
}


def context(face: str) -> dict[str, Any]:
    """What ui/components.html shows, on the layout of `face` (desk or resident)."""
    photo = {
        "url": manifest.drawing("sample-photo.svg"),
        "thumb": "",
        "alt": _("A street in daylight"),
        "when": WHEN,
        "by": _("Chen"),
    }
    return {
        "layout": f"ui/layouts/{face}.html",
        "face_name": face,
        "tones": TONES,
        "shapes": SHAPES,
        "when": WHEN,
        "form": SampleForm(auto_id="a_%s"),
        "filter_form": SampleForm(auto_id="b_%s"),
        "wrong_form": SampleForm({"day": "31/31"}, auto_id="c_%s"),
        "rows": _rows(),
        "tabs": _tabs(),
        "steps": [_("What"), _("Where"), _("Who")],
        "photo": photo,
        "desk_nav": {"groups": [{"title": _("Daily work"), "entries": _nav()}], "first": _nav()},
        "resident_nav": _nav()[:2],
        "desk_me": _me(),
        "desk_home": "#top",
        "areas": MAP_SAMPLE,
        "points": POINT_SAMPLE,
        "layers": '[{"url":"#sample-areas","kind":"area"},{"url":"#sample-points","kind":"point"}]',
    }
