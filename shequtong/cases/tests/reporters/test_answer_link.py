"""Who told it by telephone has no key at hand: the text that says there is an answer brings a link that opens it, and nobody else's."""

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from shequtong.cases.models import Case, Reporter
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.messaging.models import Message
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
SITE = "https://sqt.example.cn"
LINK = re.compile(r"https://sqt\.example\.cn(/r/s/[\w-]+/)$")


@pytest.fixture(autouse=True)
def _site(settings: LazySettings) -> None:
    settings.SITE_URL = SITE


def closed(town: Town, channel: str = "phone") -> Case:
    return make_case(town, stage=Stage.CLOSED, channel=channel, now=timezone.now() - timedelta(hours=3))


def texts(case: Case, template: str) -> list[str]:
    found = Message.objects.filter(subdistrict=case.subdistrict_id, channel="sms", template=template)
    return [message.text.reveal() for message in found.order_by("id")]


def link(case: Case, template: str = "case.CaseAnswered") -> str:
    found = LINK.search(texts(case, template)[-1])
    assert found, texts(case, template)
    return found[1]


def test_the_link_in_the_text_opens_the_answer(town: Town) -> None:
    case = closed(town)
    client = Client()
    assert "查询码" not in texts(case, "case.CaseAnswered")[-1]
    answer = client.get(link(case))
    assert answer["Location"] == f"/r/{case.number}/"
    assert "楼道灯坏了三天" in client.get(answer["Location"]).content.decode()
    assert client.get(f"/r/{case.number}/evaluate/").status_code == 200
    assert link(case, "case.CaseClosed")


def test_the_key_stands_in_no_text_and_the_link_in_no_message_of_the_app(town: Town) -> None:
    case = closed(town)
    reporter = Reporter.objects.get(subdistrict=case.subdistrict_id, pk=case.reporter_id)
    everything = [(message.text.reveal(), message.link) for message in Message.objects.filter(subdistrict=case.subdistrict_id)]
    assert not [one for one in everything if reporter.key.reveal() in one[0]]
    assert not [path for _text, path in everything if "/r/s/" in path]


def test_who_typed_a_number_on_the_page_gets_the_plain_address(town: Town) -> None:
    case = closed(town, "resident")
    text = texts(case, "case.CaseAnswered")[-1]
    assert text.endswith(f"{SITE}/r/{case.number}/")
    assert "查询码" in text


def test_a_link_is_dead_when_it_is_changed_too_old_or_the_number_is_put_right(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = closed(town)
    good = link(case)
    other = make_case(town, channel="phone")
    for bad in (good[:-2] + ("0" if good[-2] != "0" else "1") + "/", good.replace(str(case.pk), str(other.pk)), "/r/s/1-2-3/"):
        assert Client().get(bad).status_code == 404
    monkeypatch.setattr(timezone, "localdate", lambda: (timezone.now() + timedelta(days=92)).date())
    assert Client().get(good).status_code == 404
    monkeypatch.undo()
    assert Client().get(good).status_code == 302
    reporter = Reporter.objects.get(subdistrict=case.subdistrict_id, pk=case.reporter_id)
    reporter.phone = "13912345678"
    reporter.save(update_fields=["phone", "phone_hash"])
    assert Client().get(good).status_code == 404


def test_without_an_address_of_ours_no_text_has_half_a_link(town: Town, settings: LazySettings) -> None:
    settings.SITE_URL = ""
    case = closed(town)
    assert "/r/" not in texts(case, "case.CaseAnswered")[-1]


def test_a_deploy_check_says_that_the_address_is_missing(settings: LazySettings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SILENCED_SYSTEM_CHECKS = [
        *settings.SILENCED_SYSTEM_CHECKS,
        "async.E001",
    ]  # a browser's test in this process may have set it
    settings.SITE_URL = ""
    call_command("check", deploy=True)
    assert "SHEQUTONG_SITE_URL" in capsys.readouterr().err
    settings.SITE_URL = SITE
    call_command("check", deploy=True)
    assert "SHEQUTONG_SITE_URL" not in capsys.readouterr().err
