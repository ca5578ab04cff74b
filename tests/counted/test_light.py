"""How heavy pages are (页面大小): raw HTML, before compression, with many cases behind them."""

import pytest
from django.test import Client

from tests.counted.conftest import Measured
from tests.counted.pages import READERS, submit_key

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("counted")]
PAGE_BYTES = 60_000


@pytest.mark.parametrize(
    ("who", "address"),
    [
        *((who, "/desk/cases/") for who in READERS),
        ("", "/report/"),
        ("chen", "/desk/"),
        ("supervisor", "/board/"),
        ("supervisor", "/desk/cases/map/"),
    ],
)
def test_pages_are_light(who: str, address: str, measured: Measured) -> None:
    page = measured.scene.browser(who).get(address)
    assert page.status_code == 200
    assert len(page.content) <= PAGE_BYTES, f"{len(page.content)} bytes"


def test_the_steps_of_a_report_are_light(measured: Measured) -> None:
    client, place = Client(), f"?building={measured.scene.town.building.pk}"
    what = client.get(f"/report/what/{place}")
    send = client.post(f"/report/what/{place}", {"cls": "L01", "text": "楼道灯坏了三天，晚上老人上下楼不安全。"}, follow=True)
    assert submit_key(send)
    for page in (what, send):
        assert len(page.content) <= PAGE_BYTES, f"{len(page.content)} bytes"
