"""What comes back is offered as a root-cause project to who may open one, and who has to do with a project is told."""

from datetime import timedelta

from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Recurrence, RootProject
from shequtong.cases.scheduled import look_for_recurrences, watch_roots
from shequtong.cases.testing import make_case, make_root
from shequtong.cases.usecases.find_recurrences import EVERY, find_recurrences
from shequtong.cases.workflow import Stage
from shequtong.messaging.models import Message
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

DAY = timedelta(days=1)


def closed(town: Town, *ago: int) -> list[Case]:
    """Cases of one class at the building, closed so many days ago."""
    now = timezone.now()
    return [make_case(town, stage=Stage.CLOSED, now=now - days * DAY) for days in ago]


def told_to(town: Town, who: str) -> list[str]:
    """What somebody has been told of projects."""
    rows = Message.objects.filter(account_id=town.accounts[who].pk, template="root.moved").order_by("created_at", "id")
    return [row.text.reveal() for row in rows]


def test_three_closed_within_180_days_are_offered_with_the_form_filled(town: Town) -> None:
    now, here = timezone.now(), town.building.subdistrict_id
    closed(town, 200, 100, 50)
    assert find_recurrences(subdistrict_id=here, now=now) == 0
    last = closed(town, 10)[0]
    assert find_recurrences(subdistrict_id=here, now=now + EVERY / 2) == 0  # counted a moment ago
    assert look_for_recurrences(now + EVERY) == 1
    row = Recurrence.objects.get()
    assert (row.place, row.closed, row.last_id) == (f"0{town.building.pk}", 3, last.pk)
    chen = signed_in(town.accounts["chen"])
    chen.get("/desk/roots/")
    with count_statements() as seen:
        page = chen.get("/desk/roots/").content.decode()
    assert seen.warm.total <= 4
    address = f"/desk/cases/{last.number}/cure/?place=0{town.building.pk}"
    assert address in page
    form = chen.get(address).content.decode()
    assert f'value="0{town.building.pk}" required' in form or f'value="0{town.building.pk}"' in form
    for who in ("gao", "wang", "hu"):
        assert address not in signed_in(town.accounts[who]).get("/desk/roots/").content.decode(), who
    make_root(town)
    assert address not in chen.get("/desk/roots/").content.decode()
    assert look_for_recurrences(now + 3 * EVERY) == 1
    assert Recurrence.objects.count() == 1


def test_what_may_not_be_counted_is_not(town: Town) -> None:
    now, here = timezone.now(), town.building.subdistrict_id
    first, second, _third = closed(town, 90, 60, 30)
    Case.objects.filter(pk=first.pk).update(confidential=True)
    assert find_recurrences(subdistrict_id=here, now=now) == 0
    Case.objects.filter(pk=first.pk).update(confidential=False)
    Case.objects.filter(pk=second.pk).update(is_history=True)
    assert find_recurrences(subdistrict_id=here, now=now + EVERY) == 0
    make_case(town)  # not closed yet
    assert find_recurrences(subdistrict_id=here, now=now + 2 * EVERY) == 0


def test_a_case_leads_to_the_form_for_who_may_open_one(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    address = f"/desk/cases/{case.number}/cure/"
    shown = {
        who: address in signed_in(town.accounts[who]).get(f"/desk/cases/{case.number}/").content.decode()
        for who in ("chen", "lin", "wang", "hu")
    }
    assert shown == {"chen": True, "lin": True, "wang": False, "hu": False}
    Case.objects.filter(pk=case.pk).update(confidential=True)
    chen = signed_in(town.accounts["chen"])
    assert address not in chen.get(f"/desk/cases/{case.number}/").content.decode()
    assert chen.get(address).status_code == 404


def test_the_station_and_who_opened_it_are_told(town: Town) -> None:
    now = timezone.now() - 200 * DAY
    root = make_root(town, now=now)
    assert len(told_to(town, "wang")) == 1
    assert root.title in told_to(town, "wang")[0]
    assert root.target_day.isoformat() in told_to(town, "wang")[0]
    assert told_to(town, "chen") == []  # nobody is told what they just did
    assert told_to(town, "gao") == []
    inbox = signed_in(town.accounts["wang"]).get("/inbox/").content.decode()
    assert catalogue().classes[root.case_class_id].name in inbox
    assert root.place_name in inbox
    watch_roots(now + 20 * DAY)
    assert len(told_to(town, "wang")) == 1
    watch_roots(now + 32 * DAY)
    watch_roots(now + 33 * DAY)  # the day that passed is told once
    assert (len(told_to(town, "wang")), len(told_to(town, "chen"))) == (2, 1)
    usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.wang, now=now + 40 * DAY)
    assert (len(told_to(town, "wang")), len(told_to(town, "chen"))) == (2, 2)
    watch_roots(now + 100 * DAY)
    assert (len(told_to(town, "wang")), len(told_to(town, "chen"))) == (3, 3)
    case = make_case(town, now=now + 110 * DAY)
    watch_roots(now + 111 * DAY)
    assert (len(told_to(town, "wang")), len(told_to(town, "chen"))) == (4, 4)
    page = signed_in(town.accounts["chen"]).get(f"/desk/roots/{root.pk}/").content.decode()
    assert f"/desk/cases/{case.number}/cure/" in page
    assert (
        f"/desk/cases/{case.number}/cure/" not in signed_in(town.accounts["wang"]).get(f"/desk/roots/{root.pk}/").content.decode()
    )


def test_another_lead_is_told_and_so_is_the_former(town: Town) -> None:
    root, now = make_root(town), timezone.now()
    told = {"lead": town.urban.pk, "target_day": root.target_day, "reason": "属城管职责"}
    usecases.change_root_lead(root_id=root.pk, **told, by=town.supervisor, now=now)
    assert [len(told_to(town, who)) for who in ("wang", "zhou", "chen", "supervisor")] == [2, 1, 1, 0]
    assert told_to(town, "zhou") != told_to(town, "wang")[1:]
    assert RootProject.objects.get().lead_id == town.urban.pk
