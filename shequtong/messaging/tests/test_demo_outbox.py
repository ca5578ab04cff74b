"""The demo's telephone: readable in the demo, absent everywhere else."""

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from shequtong.messaging.testing import PHONE, make_text
from shequtong.messaging.views import demo_outbox

pytestmark = pytest.mark.django_db


def test_does_not_exist_outside_the_demo() -> None:
    assert Client().get("/dev/outbox/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("messaging:demo-outbox")
    with pytest.raises(Http404):
        demo_outbox(RequestFactory().get("/dev/outbox/"))


def test_shows_codes_and_numbers_in_the_demo_newest_first(settings: Settings) -> None:
    settings.SHEQUTONG_DEMO = True
    make_text(text="您的验证码是 111111", secret=True, urgent=True)
    make_text(text="您的验证码是 222222", secret=True, urgent=True)
    answer = demo_outbox(RequestFactory().get("/dev/outbox/", {"refresh": ""}))
    shown = answer.content.decode()
    assert shown.index("222222") < shown.index("111111")
    assert PHONE in shown
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Refresh"]
