"""How heavy the first view of a resident's page is (首次打开的大小): all that the browser fetches without the map, compressed; and from where."""

import pytest
from django.test import Client

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standings import agencies, preview_of
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import publish_batch
from shequtong.cases.usecases.prepare_standards import prepare_standards
from shequtong.cases.workflow import Stage
from shequtong.testing.town import MORNING, TOWN_HALL, Town
from tests.counted.pages import submit_key
from tests.weighed import ELSEWHERE, LINKED, weight

pytestmark = pytest.mark.django_db
MOST = 60_000
PAGES = (
    *("/", "/community/", "/contacts/", "/report/", "/r/", "/me/"),
    *("/answers/", "/privacy/", "/sign-in/", "/offline/", "/nothing/here/"),
)


def is_light(page: bytes) -> None:
    assert LINKED.search(page), "the front end is not built: run npm run build"
    assert not ELSEWHERE.search(page)
    assert weight(page) <= MOST, f"{weight(page)} bytes"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_for_anybody_is_light(town: Town, address: str) -> None:
    is_light(Client().get(address).content)


def test_the_steps_of_a_report_are_light_with_every_class(town: Town) -> None:
    duties = example_duties(agency.code for agency in agencies().values())
    batch = prepare_standards(source="examples", lines=example_lines(), duties=duties, by=TOWN_HALL, now=MORNING)
    publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=TOWN_HALL, now=MORNING)
    client, address = Client(), f"/report/what/?building={town.building.pk}"
    what = client.get(address).content
    assert what.count(b'name="cls"') > 150
    is_light(what)
    send = client.post(address, {"cls": "P0101", "text": "楼道灯坏了三天，晚上老人上下楼不安全。"}, follow=True)
    assert submit_key(send)
    is_light(send.content)
    account = make_account()
    correct = signed_in(account).get(f"/r/{make_case(town, account_id=account.pk).number}/correct/").content
    assert correct.count(b'name="cls"') > 150
    is_light(correct)


def test_ones_own_matters_are_light(town: Town) -> None:
    account = make_account()
    client = signed_in(account)
    cases = [make_case(town, account_id=account.pk, stage=stage) for stage in (Stage.INTAKE, Stage.HANDLING, Stage.CLOSED) * 5]
    for address in (
        "/me/",
        *(f"/r/{case.number}/" for case in cases[:3]),
        f"/r/{cases[0].number}/correct/",
        f"/r/{cases[0].number}/add/",
    ):
        page = client.get(address)
        assert page.status_code == 200
        is_light(page.content)


def test_what_is_heavy_or_from_elsewhere_is_caught() -> None:
    asked = b'<link rel="stylesheet" href="//cdn.example.org/x.css">'
    assert ELSEWHERE.search(asked)
    assert ELSEWHERE.search(b'<script src="https://example.org/x.js">')
