"""From one case to the next without the list; and what is judged stands where it is judged, with both verdicts equally near."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def page(town: Town, who: str, address: str) -> str:
    return signed_in(town.accounts[who]).get(address).content.decode()


def next_of(town: Town, who: str, case: Case) -> str:
    """Where the button of the case page leads."""
    client = signed_in(town.accounts[who])
    found = re.search(r'href="(/desk/cases/next/[^"]+)"', client.get(f"/desk/cases/{case.number}/").content.decode())
    assert found
    return client.get(found[1].replace("&amp;", "&")).headers["Location"]


def test_after_a_move_the_next_case_of_the_same_stage_is_one_press_away(town: Town) -> None:
    first, second, _third = (make_case(town, now=timezone.now()) for _each in range(3))
    make_case(town, stage=Stage.CLOSING, now=timezone.now())
    usecases.register_case(number=first.number, by=town.shen, now=timezone.now())
    assert next_of(town, "shen", first) == f"/desk/cases/{second.number}/"


def test_one_that_is_left_for_later_is_passed_over_and_the_last_leads_to_the_first(town: Town) -> None:
    first, second = (make_case(town, stage=Stage.REGISTERED, now=timezone.now()) for _each in range(2))
    assert next_of(town, "lin", first) == f"/desk/cases/{second.number}/"
    assert next_of(town, "lin", second) == f"/desk/cases/{first.number}/"
    usecases.void_case(number=second.number, reason="误报", by=town.chen, now=timezone.now())
    assert next_of(town, "lin", first) == "/desk/cases/?waits=me"


def test_of_the_next_street_nothing_is_next(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED, now=timezone.now())
    answer = signed_in(town.accounts["gao"]).get(f"/desk/cases/next/?stage=registered&after={case.number}")
    assert answer.headers["Location"] == "/desk/cases/?waits=me"


def test_both_verdicts_stand_beside_what_is_judged(town: Town) -> None:
    case = make_case(town, stage=Stage.VERIFICATION)
    for verb, other in (("verify", "rework"), ("rework", "verify")):
        shown = page(town, "sun", f"/desk/cases/{case.number}/{verb}/")
        assert "已更换灯具" in shown  # what the station says it did
        assert "楼道灯坏了三天" in shown
        assert f'<a class="button" href="/desk/cases/{case.number}/{other}/"' in shown
        assert shown.count('<button class="button button--primary') == 1
    onward = page(town, "sun", f"/desk/cases/{case.number}/").partition('id="moves"')[2].partition("<details")[0]
    assert "/verify/" in onward
    assert "/rework/" in onward


def test_who_closes_reads_the_result_and_the_answer(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSING)
    assert _("The reporter has not been answered.") in page(town, "shen", f"/desk/cases/{case.number}/close/")
    usecases.answer_case(number=case.number, text="您好，楼道灯已修复。", publish=False, by=town.lin, now=timezone.now())
    shown = page(town, "shen", f"/desk/cases/{case.number}/close/")
    assert "您好，楼道灯已修复。" in shown
    assert "已更换灯具" in shown


def test_the_first_field_has_the_focus_and_one_with_nothing_to_fill_in_its_button(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    assert re.search(r'<select name="to"[^>]* autofocus', page(town, "lin", f"/desk/cases/{case.number}/dispatch/"))
    given = make_case(town, stage=Stage.DISPATCHED)
    assert re.search(r"<button[^>]* autofocus>", page(town, "wang", f"/desk/cases/{given.number}/accept/"))


def test_a_page_without_work_for_the_reader_says_whom_it_waits_for(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    told = page(town, "shen", f"/desk/cases/{case.number}/")
    assert _("It waits for: %(whom)s.").partition("%")[0] in told
    assert str(pgettext("role", "Dispatcher")) in told


def test_an_urging_says_who_gets_it(town: Town) -> None:
    case, given = make_case(town, stage=Stage.REGISTERED), make_case(town, stage=Stage.HANDLING)
    assert str(town.accounts["lin"]) in page(town, "chen", f"/desk/cases/{case.number}/urge/")  # who dispatches
    assert town.police.name in page(town, "chen", f"/desk/cases/{given.number}/urge/")


def test_many_are_closed_and_late_ones_urged_from_the_list(town: Town) -> None:
    answered, bare = (make_case(town, stage=Stage.CLOSING, now=timezone.now() - HOUR) for _each in range(2))
    usecases.answer_case(number=answered.number, text="您好，已修复。", publish=False, by=town.lin, now=timezone.now())
    client = signed_in(town.accounts["shen"])
    boxes = re.findall(r'name="case" value="([^"]+)"', client.get("/desk/cases/").content.decode())
    assert boxes == [answered.number]  # the other has not been answered
    client.post("/desk/cases/bulk/close/", {"case": [answered.number, bare.number], "submit_key": key(client, "close", answered)})
    assert [Case.objects.get(pk=one.pk).stage for one in (answered, bare)] == [Stage.CLOSED, Stage.CLOSING]

    late, early = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.HANDLING, now=timezone.now())
    client = signed_in(town.accounts["chen"])
    told = {"case": [late.number, early.number], "submit_key": key(client, "urge", late)}
    assert client.post("/desk/cases/bulk/urge/", told).status_code == 422  # nothing is demanded
    assert client.post("/desk/cases/bulk/urge/", {**told, "note": "请今日办结"}).status_code == 302
    assert Case.objects.get(pk=late.pk).urge_count == 1
    assert _("It is not overdue.") in client.get("/desk/cases/bulk/urge/", {"case": early.number}).content.decode()


def key(client: object, verb: str, case: Case) -> str:
    """The key of the form that would do it."""
    shown = client.get(f"/desk/cases/bulk/{verb}/", {"case": case.number}).content.decode()  # type: ignore[attr-defined]  # a Client
    found = re.search(r'name="submit_key" value="([^"]+)"', shown)
    assert found
    return found[1]
