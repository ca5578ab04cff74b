"""Consent withdrawn: name and phone go, by the reporter or at the desk; the matter goes on, and nothing that follows fails or stands empty."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from shequtong.access.testing import make_anonymous
from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases import usecases
from shequtong.cases.call_backs import due_for_call_back
from shequtong.cases.models import Case, Joined, Reporter, Step
from shequtong.cases.models.reporter import PHONE_DOMAIN
from shequtong.cases.paper.case_file import case_file
from shequtong.cases.sheets import case_sheet
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.usecases import NewReporter
from shequtong.cases.usecases.call_back import CannotCallBack
from shequtong.cases.usecases.correct_case import CannotCorrect, Correction
from shequtong.cases.usecases.withdraw_consent import AtDesk, CannotWithdrawConsent, withdraw_consent
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.core.sealed import hashes_of
from shequtong.figures.verification import Verification
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
PHONE, MASK, REMOVED = "13812345678", "138****5678", "应反映人要求，联系方式已删除"
LATER = MORNING + timedelta(days=1)


def told(case: Case) -> Reporter:
    return Reporter.objects.get(subdistrict=case.subdistrict_id, pk=case.reporter_id)


def at_desk(case: Case, town: Town, reason: str = "本人到窗口提出") -> bool:
    assert case.reporter_id is not None
    return withdraw_consent(number=case.number, by=town.shen, now=LATER, at_desk=AtDesk(case.reporter_id, reason))


def join(case: Case, phone: str, account_id: int | None = None) -> Joined:
    who = NewReporter(name="钱先生", phone=phone, account_id=account_id, consent="page", notice_version="t")
    return usecases.join_case(number=case.number, reporter=who, by=make_anonymous(), now=MORNING + timedelta(minutes=1))


@pytest.mark.parametrize("stage", [Stage.INTAKE, Stage.HANDLING, Stage.CLOSED])
def test_the_reporter_removes_it_on_their_own_page_at_any_stage(town: Town, stage: Stage) -> None:
    case = make_case(town, stage=stage, now=timezone.now() - timedelta(hours=2))
    key, steps = told(case).key.reveal(), Step.objects.filter(case=case).count()
    phone = Phone(Client())
    phone.open("/r/")
    phone.press(phone.form("key"), number=case.number, key=key)
    assert MASK in phone.text
    phone.open(f"/r/{case.number}/withdraw_consent/")
    assert "不再收到有关这件事的短信和电话" in phone.text
    assert "凭编号和查询码" in phone.text
    phone.press(next(form for form in phone.forms if form.method == "post" and not form.action))

    assert "已按您的要求删除姓名和电话" in phone.text
    assert MASK not in phone.text
    reporter = told(case)
    assert (reporter.has_contact, reporter.phone_hash, reporter.contact_removed_for) == (False, "", "wish")
    assert not Reporter.objects.filter(subdistrict=case.subdistrict_id, phone_hash__in=hashes_of(PHONE_DOMAIN, PHONE)).exists()
    assert Entry.objects.filter(what="cases.withdraw_consent", object_id=case.pk).count() == 1
    assert Step.objects.filter(case=case).count() == steps
    assert list(Verification(case.subdistrict_id).differences()) == []
    phone.open(f"/r/{case.number}/withdraw_consent/")  # and once more
    assert "已经删除，无需再操作" in phone.text
    again = Phone(Client())
    again.open("/r/")
    again.press(again.form("key"), number=case.number, key=key)
    assert "已按您的要求删除姓名和电话" in again.text


def test_twice_is_once_and_nobody_else_may(town: Town) -> None:
    case = make_case(town)
    assert case.reporter_id is not None
    for stranger in (make_anonymous(), town.qian, town.gao, town.wang, town.xu):
        with pytest.raises(Forbidden):
            withdraw_consent(number=case.number, by=stranger, now=LATER)
        with pytest.raises(Forbidden):
            withdraw_consent(number=case.number, by=stranger, now=LATER, at_desk=AtDesk(case.reporter_id, "本人到窗口提出"))
    with pytest.raises(Forbidden):  # staff who may at the desk are no reporter
        withdraw_consent(number=case.number, by=town.shen, now=LATER)
    for reason in ("", "  a ", "字" * 201):
        with pytest.raises(CannotWithdrawConsent):
            at_desk(case, town, reason)
    assert told(case).has_contact

    assert at_desk(case, town)
    assert not at_desk(case, town)
    assert Entry.objects.filter(what="cases.withdraw_consent").count() == 1


def test_the_desk_chooses_whose_by_the_mask_and_the_sheet_says_so(town: Town) -> None:
    case, client = make_case(town, stage=Stage.HANDLING), signed_in(town.accounts["shen"])
    joined = join(case, "13900001111")
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert f"/desk/cases/{case.number}/withdraw_consent/" in page
    desk = Phone(client)
    desk.open(f"/desk/cases/{case.number}/withdraw_consent/")
    assert MASK in desk.text
    assert "139****1111" in desk.text
    assert PHONE not in desk.text
    desk.press(desk.form("reason"), reporter=str(joined.reporter_id), reason="本人来电提出")
    assert told(case).has_contact
    joined.refresh_from_db()
    case.refresh_from_db()
    assert (joined.ended_at is not None, joined.account_id, case.joined_count) == (True, None, 0)

    desk.open(f"/desk/cases/{case.number}/withdraw_consent/")
    desk.press(desk.form("reason"), reporter=str(case.reporter_id), reason="本人来电提出")
    assert REMOVED in desk.text
    assert "withdraw_consent" not in desk.text
    desk.open(f"/desk/cases/{case.number}/withdraw_consent/")
    assert "没有留存姓名和电话" in desk.text


def test_what_follows_neither_fails_nor_stands_empty(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSING)
    at_desk(case, town)
    Message.objects.all().delete()

    usecases.answer_case(number=case.number, text="您好，楼道灯已于今日修复。", publish=True, by=town.lin, now=LATER)
    usecases.close_case(number=case.number, by=town.shen, now=LATER)

    assert not Message.objects.filter(channel="sms").exists()
    assert due_for_call_back(town.chen, LATER + timedelta(hours=1), 50) == []
    case = Case.objects.select_related("reporter").get(pk=case.pk)
    paper = str(case_file(case_sheet(case), by=town.chen, now=LATER).data["facts"])
    assert REMOVED in paper
    assert MASK not in paper
    with pytest.raises(CannotCallBack):
        usecases.call_back(number=case.number, reached=True, solved=True, score=5, by=town.chen, now=LATER)
    with pytest.raises(Refusal):
        usecases.reveal_contact(number=case.number, reason="回访需要", by=town.chen, now=LATER)
    assert usecases.reopen_case(number=case.number, reason="又坏了", by=town.chen, now=LATER + timedelta(hours=1))


def test_no_number_comes_back_by_a_correction(town: Town) -> None:
    case = make_case(town)
    at_desk(case, town)
    with pytest.raises(CannotCorrect):
        usecases.correct_case(
            number=case.number, correction=Correction(phone="13700000000"), by=town.shen, now=LATER, note="号码有误"
        )
    assert not told(case).has_contact


def test_the_outbox_forgets_the_number_and_sends_nothing_that_waits(town: Town) -> None:
    case, other = make_case(town), make_case(town)
    for one in (case, other):
        usecases.register_case(number=one.number, by=town.shen, now=MORNING + timedelta(hours=1))
    texts = Message.objects.filter(channel="sms", link=f"/r/{case.number}/")
    sent = texts.order_by("id").first()
    assert sent is not None
    assert sent.phone.reveal() == PHONE
    Message.objects.filter(pk=sent.pk).update(state=Message.State.SENT, send_after=None, sent_at=MORNING)

    at_desk(case, town)

    assert [str(one.phone) for one in texts] == [""] * texts.count()
    assert set(texts.values_list("state", flat=True)) == {"sent", "failed"}
    assert texts.get(pk=sent.pk).state == "sent"
    kept = Message.objects.filter(channel="sms", link=f"/r/{other.number}/").first()
    assert kept is not None
    assert (kept.state, kept.phone.reveal()) == ("waiting", PHONE)


def test_who_joined_signed_in_removes_theirs_alone_and_hears_no_more(town: Town) -> None:
    case, qian = make_case(town, stage=Stage.HANDLING), town.accounts["qian"]
    joined = join(case, "13900001111", account_id=qian.pk)
    phone = Phone(signed_in(qian))
    phone.open(f"/r/{case.number}/")
    assert f"/r/{case.number}/withdraw_consent/" in phone.links
    phone.open(f"/r/{case.number}/withdraw_consent/")
    assert MASK not in phone.text
    assert "139****1111" in phone.text
    phone.press(next(form for form in phone.forms if form.method == "post" and not form.action))
    Message.objects.all().delete()
    usecases.handle_case(number=case.number, result="已更换灯具", by=town.wang, now=LATER)
    usecases.verify_case(number=case.number, by=town.sun, now=LATER)
    usecases.answer_case(number=case.number, text="您好，楼道灯已于今日修复。", publish=True, by=town.lin, now=LATER)

    assert [one.phone.reveal() for one in Message.objects.filter(channel="sms")] == [PHONE]
    assert not Message.objects.filter(account_id=qian.pk).exists()
    joined.refresh_from_db()
    assert joined.ended_at is not None
    assert told(case).has_contact


def test_whose_own_case_was_merged_keeps_it_and_is_texted_by_neither(town: Town) -> None:
    mine, other = make_case(town), make_case(town, reporter=NewReporter("周女士", "13600000000", consent="page"))
    usecases.merge_case(number=mine.number, into=other.number, reason="同一处路灯", by=town.chen, now=LATER)
    at_desk(mine, town)
    Message.objects.all().delete()
    usecases.register_case(number=other.number, by=town.shen, now=LATER)
    assert [one.phone.reveal() for one in Message.objects.filter(channel="sms")] == ["13600000000"]
    usecases.unmerge_case(number=mine.number, reason="并非同一处", by=town.chen, now=LATER + timedelta(hours=1))
    assert list(Verification(mine.subdistrict_id).differences()) == []


def test_the_figures_and_the_chain_still_agree(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    at_desk(case, town)
    call_command("figures_verify")
