"""Every address × every kind of account, POSTs included that would succeed for the right one (design.md 6)."""

import pytest
from django.urls import reverse

from shequtong.testing.permission_table import Kind, Row, Scene, addresses, ask, outcomes, rows, undone
from shequtong.testing.town import Town

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says(row: Row, town: Town) -> None:
    wrong = [f"{kind}: {got} instead of {wanted}" for kind, (wanted, got) in outcomes(row, town).items() if wanted != got]
    assert not wrong, f"{row}\n" + "\n".join(wrong)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    named, existing = {row.name for row in ROWS}, addresses()
    without_row, without_address = sorted(existing - named), sorted(named - existing)
    assert without_row == [], "put a row for each into tests/permission_rows/<area>.py"
    assert without_address == []


def test_every_method_an_address_answers_has_a_row(town: Town) -> None:
    without_row = []
    for name in sorted({row.name for row in ROWS}):
        of_name = [row for row in ROWS if row.name == name]
        for method in {"GET", "POST"} - {row.method for row in of_name}:
            with undone():
                scene = Scene(town, of_name[0].staff)
                address = reverse(name, kwargs=of_name[0].kwargs(scene))
                if ask(of_name[0], scene, Kind.STAFF, address, method) != 405:
                    without_row.append(f"{method} {name}")
    assert without_row == [], "these are answered too: add their rows"
