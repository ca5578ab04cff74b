"""How heavy the first view of an office's lists is when they are as full as they get; every other page of it: tests/browser/test_every_address.py."""

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.town import Town
from tests.weighed import too_heavy

pytestmark = pytest.mark.django_db
FULL = 60  # rows: more than any page of a list shows
LISTS = (
    "/desk/",
    "/desk/cases/",
    "/desk/cases/?stage=all",
    "/desk/cases/map/",
    "/desk/cases/map/hours/?hours=6-12",
    "/board/",
    "/board/?rows=all",
    "/desk/search/?q=枫桥路",
)


def test_full_lists_are_light(town: Town) -> None:
    stages = (Stage.INTAKE, Stage.REGISTERED, Stage.HANDLING, Stage.CLOSED)
    for at in range(FULL):
        make_case(town, stage=stages[at % len(stages)])
    client = signed_in(town.accounts["chen"])
    pages = {address: client.get(address).content for address in LISTS}
    assert pages["/desk/cases/?stage=all"].count(b'id="case-') >= 25
    assert too_heavy(pages) == []


def test_what_is_heavy_or_from_elsewhere_is_caught(town: Town) -> None:
    page = signed_in(town.accounts["chen"]).get("/desk/").content
    noise = b"".join(b"%x" % (at * 2654435761 % 2**32) for at in range(60_000))
    assert too_heavy({"light": page}) == []
    assert len(too_heavy({"heavy": page + noise, "elsewhere": page + b'<script src="https://example.org/x.js">'})) == 2
