"""Whatever is sent to a page of the registry, it answers in words: no form and no address of it breaks, and no markup comes back as markup."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shequtong.core.submissions import FIELD
from shequtong.testing.permission_table import Kind, Row, Scene, key_of, rows, undone
from shequtong.testing.town import Town

OF_THE_REGISTRY = (
    "people:",
    "pages:registry",
    "pages:grids",
    "pages:search",
    "interchange:desk-people",
    "interchange:desk-sheet",
)
ROWS = [row for row in rows() if row.name.startswith(OF_THE_REGISTRY)]
MARKUP = "<script>alert(1)</script>😀"
WORDS = ("", "\0", "张\0三", "九" * 100_000, MARKUP, "%s%d{0}", "张*三", "[1]", '{"a": [null]}', "\u2028\ufeff")
NUMBERS = ("-1", "0", "9" * 40, "9" * 5_000, "9223372036854775808", "1e400", "NaN", "²", "٣")
DAYS = ("0000-00-00", "0001-01-01", "1900-02-30", "9999-12-31")
KEYS = ("_", "_1_2", "a\0_1_2", "a_9999999999999999999_2", "//evil.example", "/desk/registry/due/?\r\nX: 1")
ASKED = re.findall(
    r"\w+", "on after before under mark age population room building paper back state sign entrance days kind show next page from"
)
FINE = {200, 204, 302, 400, 404, 413, 422, 429}


def who(row: Row) -> Kind:
    """The first whom the row lets through."""
    return next(kind for kind in (Kind.STAFF, Kind.RESIDENT, Kind.SYSTEM_ADMIN) if row.expect.get(kind) in FINE - {404})


def fields_of(page: str) -> list[str]:
    """Names of all controls of a page."""
    names = re.findall(r"<(?:input|select|textarea|button)[^>]*?\sname=\"([^\"]+)\"", page)
    return sorted(set(names) - {FIELD, "csrfmiddlewaretoken", "q", "key"})


def hostile(names: list[str], fit: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All fields with each value; each field by itself with the ones that break numbers and days, the others as they should be."""
    for value in (*WORDS, *NUMBERS, *DAYS, *KEYS):
        yield dict.fromkeys(names, value)
    for name in names:
        for value in ("9" * 5_000, "0001-01-01", "9999-12-31"):
            yield {**fit, name: value}


def sound(answer: Any) -> bool:
    """It is an answer, and what was sent is text in it."""
    return answer.status_code in FINE and (answer.streaming or MARKUP not in answer.content.decode(errors="replace"))


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_an_address_may_ask_anything(row: Row, town: Town) -> None:
    with undone():
        scene = Scene(town, row.staff)
        address, client = reverse(row.name, kwargs=row.kwargs(scene)), Client(raise_request_exception=False)
        client.force_login(scene.account(who(row)))
        row.before(scene, client)
        for value in (*WORDS, *NUMBERS, *DAYS, *KEYS):
            answer = client.get(address, dict.fromkeys(ASKED, value[:5_000]))
            assert sound(answer), (value[:40], answer.status_code)
            assert "evil.example" not in answer.headers.get("Location", "").split("?")[0]


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=str)
def test_a_form_may_say_anything(row: Row, town: Town) -> None:
    with undone():
        scene, kind = Scene(town, row.staff), who(row)
        address, client = reverse(row.name, kwargs=row.kwargs(scene)), Client(raise_request_exception=False)
        client.force_login(scene.account(kind))
        row.before(scene, client)
        page = client.get(address)
        fit = {name: value for name, value in row.data(scene).items() if not hasattr(value, "read")}
        for told in hostile(sorted({*fields_of(page.content.decode()), *fit}), fit):
            with undone():
                answer = client.post(address, {FIELD: key_of(scene, kind), **told})
                assert sound(answer), ({name: str(value)[:20] for name, value in told.items()}, answer.status_code)


def test_a_page_that_breaks_is_caught(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in ROWS if str(row) == "POST people:desk-life")
    monkeypatch.setattr(
        "shequtong.people.views.life_forms.LifeForm.known", lambda _form, chosen: {int(one) for one in chosen if one}
    )
    moving = Row(
        row.name,
        row.expect,
        method="POST",
        staff=row.staff,
        kwargs=lambda s: {**row.kwargs(s), "event": "divorce"},
        data=row.data,
    )
    with pytest.raises(AssertionError):
        test_a_form_may_say_anything(moving, town)
