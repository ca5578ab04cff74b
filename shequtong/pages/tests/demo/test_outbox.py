"""The demo's telephone: readable in the demo, absent everywhere else."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django import Settings

from shequtong.access.usecases.make_administrator import ADMINISTRATORS
from shequtong.accounts.testing import Browser
from shequtong.core.actors import SystemActor
from shequtong.messaging.testing import PHONE, make_text
from shequtong.pages.demo.apps import codes_now
from shequtong.pages.demo.people import ADMIN_PASSWORD, build_administrators
from shequtong.pages.views.demo import demo_outbox

pytestmark = pytest.mark.django_db


def test_does_not_exist_outside_the_demo() -> None:
    assert Browser().get("/dev/outbox/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("pages:demo-outbox")
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


@time_machine.travel(datetime(2026, 4, 13, 9, tzinfo=UTC), tick=False)  # a code is another one after half a minute
def test_an_administrator_of_the_demo_signs_in_with_what_stands_there(settings: Settings) -> None:
    settings.SHEQUTONG_DEMO = True
    for _time in range(2):
        build_administrators(SystemActor("demo"), timezone.now())
    browser = Browser()
    for login in ADMINISTRATORS:
        signed_in = browser.post("/sign-in/password/", {"login": login, "password": ADMIN_PASSWORD})
        assert signed_in["Location"] == reverse("accounts:second")
        code = next(app.code for app in codes_now(timezone.now()) if app.login == login)
        assert code in demo_outbox(RequestFactory().get("/dev/outbox/")).content.decode()
        assert browser.post(signed_in["Location"], {"code": code}).status_code == 302
        assert browser.get("/account/").status_code == 200
        assert next(app.taken for app in codes_now(timezone.now()) if app.login == login)
