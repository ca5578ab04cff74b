"""Short ways: several moves in one press, each with its own step, right and count; all of them or none; only where the street says so."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Answer, Case, CaseStandard, Step
from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.publish_flow import publish_flow
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.core.refusals import Refusal
from shequtong.messaging.models import Message
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def short(town: Town) -> Town:
    """The town, where every short way is used."""
    publish_flow(subdistrict_id=STREET, document={"short": list(SHORT_WAYS)}, note="", by=town.supervisor, now=timezone.now())
    return town


def moves(case: Case) -> list[str]:
    return list(Step.objects.filter(case=case).order_by("number").values_list("move", flat=True))


def press(town: Town, who: str, case: Case, way: str, **told: object) -> int:
    client = signed_in(town.accounts[who])
    seen = {"seen": Case.objects.get(pk=case.pk, subdistrict=STREET).step_count}
    return client.post(f"/desk/cases/{case.number}/{way}/", {**seen, **told}).status_code


def test_a_case_goes_its_whole_way_in_three_presses_and_keeps_every_step(short: Town) -> None:
    case = make_case(short, stage=Stage.INTAKE)
    assert press(short, "chen", case, "register_dispatch", to=short.police.pk) == 302
    assert press(short, "wang", case, "accept_handle", note="已更换灯泡") == 302
    assert press(short, "chen", case, "verify_close", note="现场已亮", text="您好，楼道灯已修好。") == 302
    case.refresh_from_db()
    assert case.stage == Stage.CLOSED
    assert moves(case)[-7:] == ["register", "dispatch", "accept", "handle", "verify", "answer", "close"]
    assert list(Step.objects.filter(case=case).order_by("number").values_list("number", flat=True)) == list(
        range(1, case.step_count + 1)
    )
    assert Answer.objects.get(case=case).text == "您好，楼道灯已修好。"
    told = Message.objects.filter(subdistrict=STREET, link__contains=case.number).values_list("template", flat=True)
    assert len(set(told)) > 1
    call_command("figures_verify")  # ends with code 1 where they differ


@pytest.mark.parametrize("way", SHORT_WAYS)
def test_where_the_flow_does_not_name_it_it_is_refused_and_not_offered(way: str, town: Town) -> None:
    case = make_case(town, stage=SHORT_WAYS[way].begins)
    before = moves(case)
    who = "wang" if way == "accept_handle" else "chen"
    assert press(town, who, case, way, to=town.police.pk, note="已处理完毕", text="您好，已处理完毕。") == 422
    assert moves(case) == before
    assert f"/{way}/" not in signed_in(town.accounts[who]).get(f"/desk/cases/{case.number}/").content.decode()


def test_it_is_offered_first_to_who_may_go_it_to_the_end(short: Town) -> None:
    case = make_case(short, stage=Stage.INTAKE)
    assert "/register_dispatch/" in signed_in(short.accounts["chen"]).get(f"/desk/cases/{case.number}/").content.decode()
    # An acceptor registers and does not dispatch.
    assert "/register_dispatch/" not in signed_in(short.accounts["shen"]).get(f"/desk/cases/{case.number}/").content.decode()
    assert press(short, "shen", case, "register_dispatch", to=short.police.pk) == 404
    assert moves(case)[-1] != "register"


def test_what_a_later_move_refuses_undoes_the_earlier(short: Town) -> None:
    CaseStandard.objects.update(after_photo_required=True)
    held.changed("cases.catalogue")
    case = make_case(short, stage=Stage.DISPATCHED)
    before = moves(case)
    assert press(short, "wang", case, "accept_handle", note="已处理") == 422
    case.refresh_from_db()
    assert (case.stage, moves(case)) == (Stage.DISPATCHED, before)


def test_who_handled_it_does_not_verify_it_in_one_press_either(short: Town) -> None:
    case = make_case(short, stage=Stage.VERIFICATION)
    Case.objects.filter(pk=case.pk, subdistrict=STREET).update(handled_account_id=short.accounts["chen"].pk)
    assert press(short, "chen", case, "verify_close", text="您好，已处理完毕。") == 422
    assert moves(case)[-1] == "handle"


def test_an_answer_that_somebody_must_approve_is_not_closed_in_one_press(short: Town) -> None:
    CaseStandard.objects.update(answer_approval=True)
    held.changed("cases.catalogue")
    case = make_case(short, stage=Stage.VERIFICATION)
    page = signed_in(short.accounts["chen"]).get(f"/desk/cases/{case.number}/").content.decode()
    assert "/verify_close/" not in page
    assert press(short, "chen", case, "verify_close", text="您好，已处理完毕。") == 422
    assert moves(case)[-1] == "handle"


def test_somebody_else_was_faster(short: Town) -> None:
    case = make_case(short, stage=Stage.INTAKE)
    seen = case.step_count
    usecases.register_case(number=case.number, by=short.shen, now=timezone.now())
    answer = signed_in(short.accounts["chen"]).post(
        f"/desk/cases/{case.number}/register_dispatch/", {"seen": seen, "to": short.police.pk}
    )
    assert answer.status_code == 422
    assert moves(case)[-1] == "register"


def test_it_costs_little_more_than_one_move(short: Town) -> None:
    case = make_case(short, stage=Stage.INTAKE)
    client = signed_in(short.accounts["chen"])
    client.get("/desk/")
    with count_statements() as seen:
        assert client.post(f"/desk/cases/{case.number}/register_dispatch/", {"to": short.police.pk}).status_code == 302
    assert seen.warm.total <= 14, seen.listing


def test_a_way_nobody_knows_is_a_refusal_of_the_flow(town: Town) -> None:
    with pytest.raises(Refusal):
        publish_flow(subdistrict_id=STREET, document={"short": ["fly"]}, note="", by=town.supervisor, now=timezone.now())


def test_the_form_of_the_flow_takes_them(town: Town) -> None:
    page = signed_in(town.accounts["supervisor"]).get("/desk/flow/edit/").content.decode()
    assert all(str(way.label) in page for way in SHORT_WAYS.values())
    assert _("In one press") in page
