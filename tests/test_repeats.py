"""Every form sent twice (重复提交): whatever an address answered to the first press, the second gets the same, and nothing is done again."""

from collections.abc import Mapping

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from shequtong.accounts.models import Guard
from shequtong.core.submissions import FIELD
from shequtong.files.models import Blob
from shequtong.testing.permission_table import SIGN_IN, Kind, Row, Scene, key_of, rows, undone
from shequtong.testing.town import Town

# Written by other systems under an Idempotency-Key: interchange/tests/test_api.py sends each twice.
BY_KEY = {f"interchange:api-{name}" for name in ("cases", "self-handle", "move", "notes", "photo-send", "nothing")}
POSTS = [row for row in rows() if row.method == "POST" and row.name not in BY_KEY]
FIRST = (Kind.STAFF, Kind.RESIDENT, Kind.ANONYMOUS)  # who sends it: the first of them whom the row lets through
# Answers made anew for a repeat, and why; they still say the same (docs/decisions/0009-repeats.md).
LOGGED_EACH = {"cases:desk-standards-export": "each file handed out stands in the log, however often it is asked for"}


def who_sends(row: Row) -> Kind | None:
    """Who is let through, else who is refused in words; None where nobody gets any answer."""
    found: dict[Kind, object] = {kind: row.expect.get(kind, row.others) for kind in (*FIRST, *Kind)}
    for wanted in ((200, 204, 302), (422,), (SIGN_IN,)):
        for kind, outcome in found.items():
            if outcome in wanted:
                return kind
    return None


def standing() -> Mapping[str, int]:
    """How many rows every table has, and how many tries are counted."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f'SELECT COUNT(*) FROM "{model._meta.db_table}"')  # a test's own question, of the catalogue
                found[model._meta.db_table] = int(cursor.fetchone()[0])
    # What a repeat uploads hangs on nothing: it is swept after a day, and costs nobody a look beforehand.
    found["files_blob"] = Blob.objects.exclude(owner_kind="").count()
    return found | {"tries": Guard.objects.aggregate(tries=Sum("failures"))["tries"] or 0}


def answers(row: Row, town: Town) -> list[tuple[int, str, Mapping[str, int]]]:
    """What two presses of the same form are answered, and what stands after each."""
    with undone():
        scene, kind = Scene(town, row.staff), who_sends(row)
        assert kind is not None
        address, client = reverse(row.name, kwargs=row.kwargs(scene)), Client()
        if kind is not Kind.ANONYMOUS:
            client.force_login(scene.account(kind))
        row.before(scene, client)
        data = {FIELD: key_of(scene, kind), **row.data(scene)}
        found = []
        for _press in range(2):
            for value in data.values():
                for file in value if isinstance(value, list) else [value]:
                    if hasattr(file, "seek"):
                        file.seek(0)
            answer = client.post(address, data)
            found.append((answer.status_code, answer.headers.get("Location", ""), standing()))
        return found


@pytest.mark.parametrize("row", [row for row in POSTS if who_sends(row)], ids=str)
def test_the_second_press_gets_the_first_answer_and_does_nothing(row: Row, town: Town) -> None:
    (status, led, after_first), (again, led_again, after_second) = answers(row, town)
    assert (again, led_again) == (status, led)
    grown = {table: count - after_first[table] for table, count in after_second.items() if count != after_first[table]}
    assert grown == {} or row.name in LOGGED_EACH


def test_every_form_that_is_sent_is_walked() -> None:
    assert [str(row) for row in POSTS if who_sends(row) is None] == []
    assert LOGGED_EACH.keys() <= {row.name for row in POSTS}


def test_a_form_that_is_done_again_is_caught(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in POSTS if row.name == "cases:desk-contact")
    monkeypatch.setattr("shequtong.core.sent_forms.tried_once", lambda request, attempt, place: attempt())
    (_status, _led, first), (_again, _led_again, second) = answers(row, town)
    assert first != second
