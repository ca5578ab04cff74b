"""Every address × every kind of account, POSTs included that would succeed for the right one (design.md 6)."""

import pytest

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


@pytest.mark.parametrize("name", sorted({row.name for row in ROWS}))
def test_every_method_an_address_answers_has_a_row(name: str, town: Town) -> None:
    of_name = [row for row in ROWS if row.name == name]
    for method in {"GET", "POST"} - {row.method for row in of_name}:
        for row in of_name:
            with undone():
                assert ask(row, Scene(town, row.staff), Kind.STAFF, method) == 405, f"{name} answers {method} too: add its row"
