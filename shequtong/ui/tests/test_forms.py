"""A field tells its label, help and errors to eyes and to screen readers alike, however the form is written out."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import gettext

from shequtong.ui.samples import SampleForm

WRITTEN = [
    "{{ form }}",
    "{% for field in form %}{{ field.as_field_group }}{% endfor %}",
    "{% for field in form %}<c-field :field='field' />{% endfor %}",
]


def written(source: str, form: SampleForm) -> str:
    """`source` rendered with `form`, components included."""
    from django_cotton.compiler_regex import CottonCompiler

    return Template(CottonCompiler().process(source)).render(Context({"form": form, "request": RequestFactory().get("/")}))


@pytest.mark.parametrize("source", WRITTEN)
def test_each_wrong_field_points_to_its_error(source: str) -> None:
    shown = written(source, SampleForm({}))
    for name in ("words", "day", "kind", "agree"):
        widget = re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', shown)
        assert widget
        assert 'aria-invalid="true"' in widget[0]
        described = re.search(r'aria-describedby="([^"]+)"', widget[0])
        assert described
        for identifier in described[1].split():
            assert f'id="{identifier}"' in shown
        assert f'for="id_{name}"' in shown


@pytest.mark.parametrize("source", WRITTEN)
def test_a_group_of_choices_is_a_fieldset_with_its_question(source: str) -> None:
    shown = written(source, SampleForm())
    assert re.search(r"<fieldset[^>]*>\s*<legend>", shown)


def test_what_may_be_left_out_says_so() -> None:
    assert written("{{ form }}", SampleForm()).count(gettext("(optional)")) == 2


def test_a_refused_form_sums_up_what_is_wrong_with_links_to_the_fields() -> None:
    shown = written("{{ form }}", SampleForm({}))
    assert 'role="alert"' in shown
    assert '<a href="#id_words">' in shown


@pytest.mark.parametrize("slot", ["", "{% load submissions %}{% submit_key %}"], ids=["left out", "written by the page"])
@pytest.mark.parametrize("component", ["form", "ask"])
def test_a_form_carries_one_submit_key(component: str, slot: str) -> None:
    assert written(f"<c-{component}>{slot}</c-{component}>", SampleForm()).count('name="submit_key"') == 1
