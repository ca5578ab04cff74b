"""Templates: nothing inline, forms that post carry their key, words go through the catalogue, pieces say what they want."""

import pytest

from shequtong.testing.architecture import templates, tree
from shequtong.testing.architecture.contracts import PACKAGE, ROOT

FILES = [path for path in tree.tracked() if path.suffix == ".html" and path.parts[0] == "shequtong"]
TEXTS = {path: (ROOT / path).read_text(encoding="utf-8") for path in FILES}


def test_every_template_keeps_the_rules() -> None:
    assert len(FILES) > 50
    assert [f"{path}: {fault}" for path, text in TEXTS.items() for fault in templates.faults(text)] == []
    assert [str(path) for path, text in TEXTS.items() if templates.is_mute_partial(path, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        '<p style="color: red"></p>',
        '<p onclick="x()"></p>',
        '<a href="javascript:x()"></a>',
        '<form method="post">{% csrf_token %}</form>',
        '<form method="post">{% submit_key %}</form>',
        "<p>Closed</p>",
        "<p>结案</p>",
        '<img alt="A photo">',
        "<p>{% if closed %}Closed{% endif %}</p>",
        '<c-card title="Facts"></c-card>',
        '<c-empty-state :title="empty" icon_name="map" />',
        '<c-empty-state :title="empty"></c-empty-state>',
    ],
)
def test_a_broken_rule_is_caught(text: str) -> None:
    assert len(list(templates.faults(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="/a.js"></script>',
        '<form method="post">{% csrf_token %}{% submit_key %}</form>',
        '<form method="get"></form>',
        '<p>{% trans "Closed" %} · {{ case.number }} &nbsp;</p>',
        "<p>{% blocktrans %}Closed{% endblocktrans %}</p>",
        "{% comment %}What this is.{% endcomment %}",
        "{% block body_class %}face-desk{% endblock %}",
        '{% trans "Facts" as t %}<c-card :title="t"></c-card>',
        '<c-empty-state :title="empty">{% trans "Choose another." %}</c-empty-state>',
        '<c-empty-state :title="empty"><c-slot name="actions"><c-button href="?">{{ x }}</c-button></c-slot></c-empty-state>',
    ],
)
def test_what_is_right_passes(text: str) -> None:
    assert list(templates.faults(text)) == []


def test_a_mute_piece_is_caught() -> None:
    piece = FILES[0].with_name("_row.html")
    cases = piece.__class__("shequtong/cases/templates/cases/desk/_row.html")
    assert templates.is_mute_partial(cases, "<tr></tr>")
    assert not templates.is_mute_partial(cases, "{% comment %}One case.   Wants: case.{% endcomment %}<tr></tr>")


def test_every_template_named_in_code_exists_and_every_page_is_named() -> None:
    python = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts]
    named = {name for path in python for name in templates.named_templates(path.read_text(encoding="utf-8"))}
    assert templates.missing(named) == []
    in_templates = {name for text in TEXTS.values() for name in templates.named_templates(text)}
    own = {path.as_posix().partition("/templates/")[2] for path in FILES}
    folders = {folder for path in python for folder in templates.named_folders(path.read_text(encoding="utf-8"))}
    areas = {name for name in own if not name.startswith(("ui/", "cotton/", *folders)) and "/" in name}
    assert sorted(areas - named - in_templates) == [], "nobody shows these"


def test_a_template_that_is_not_there_is_caught() -> None:
    assert templates.missing(templates.named_templates('render(request, "cases/desk/gone.html")')) == ["cases/desk/gone.html"]
