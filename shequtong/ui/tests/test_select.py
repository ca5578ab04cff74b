"""Our select says what Django's own template says: the same elements, attributes and texts, whatever stands in them."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from shequtong.ui.renderer import FieldRenderer

HOSTILE = "\"><script>alert('x')</script>&amp;"


class Heard(HTMLParser):
    """Start tags with their attributes, end tags and texts, without the blanks between them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[object] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.said.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append(data.strip())


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.Select(choices=[("", "Any"), ("a", "甲"), (3, gettext_lazy("Any"))]), "a"),
        (forms.Select(choices=[(HOSTILE, HOSTILE), ("b", mark_safe("<b>乙</b>"))], attrs={"title": HOSTILE}), HOSTILE),
        (forms.Select(choices=[("街道", [("1", "一"), ("2", "二")]), (HOSTILE, [("3", "三")]), ("4", "四")]), "2"),
        (forms.Select(choices=[("a", "甲"), ("b", "乙")], attrs={"required": True, "disabled": False, "data-n": 5}), None),
        (forms.SelectMultiple(choices=[("a", "甲"), ("b", "乙"), ("c", "丙")]), ["a", "c"]),
        (forms.NullBooleanSelect(), True),
        (forms.Select(choices=[]), None),
    ],
)
def test_it_is_djangos(widget: forms.Select, value: Any) -> None:
    drawn, usual = (
        widget.render("field", value, {"id": "id_field"}, renderer) for renderer in (FieldRenderer(), DjangoTemplates())
    )
    assert Heard(drawn).said == Heard(usual).said
    assert hasattr(drawn, "__html__")


def test_a_script_in_a_name_stays_a_text() -> None:
    drawn = forms.Select(choices=[("1", HOSTILE)]).render("field", None, None, FieldRenderer())
    assert "<script" not in drawn
