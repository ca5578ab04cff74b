"""Every address has a name, a view of its own area and a test; the table of rights has its row (test_permissions.py)."""

from shequtong.testing.architecture.addresses import Address, addresses, faults
from shequtong.testing.architecture.contracts import PACKAGE, ROOT

KNOWN = list(addresses())
TESTS = [
    path.read_text(encoding="utf-8")
    for path in (*PACKAGE.glob("*/tests/**/test_*.py"), *(ROOT / "tests").rglob("*.py"))
    if path.name != "test_addresses.py"
]
GOOD = Address("cases:close", "desk/cases/<str:number>/close/", "shequtong.cases.views.desk")


def test_every_address_leads_somewhere_known() -> None:
    assert len(KNOWN) > 40
    assert faults(KNOWN, TESTS) == []


def test_a_lost_address_is_caught() -> None:
    text = 'client.get(f"/desk/cases/{number}/close/")'
    assert faults([GOOD], [text]) == []
    assert faults([GOOD], ['reverse("cases:close")']) == []
    assert faults([GOOD], ["nothing"]) == ["cases:close is in no test"]
    assert faults([Address("cases:", GOOD.route, GOOD.module)], [text]) == ["desk/cases/<str:number>/close/ has no name"]
    assert faults([GOOD, GOOD], [text]) == ["cases:close names two addresses"]
    assert faults([Address(GOOD.name, GOOD.route, "shequtong.people.views")], [text])
