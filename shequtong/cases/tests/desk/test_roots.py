"""Root-cause projects at the desk: from a hot issue to the end of the 60 days, by the doors that people and the worker use."""

import sys
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases import usecases
from shequtong.cases.lookups.roots import standing_at
from shequtong.cases.models import Case, HotIssue, RootProject, RootStep
from shequtong.cases.scheduled import watch_roots
from shequtong.cases.testing import make_case, make_root
from shequtong.cases.tests.desk.test_hot_issues import told
from shequtong.cases.usecases.find_hot_issues import find_hot_issues
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def opened(town: Town, **more: Any) -> dict[str, Any]:
    """The form of a new one at the building."""
    day = (timezone.now() + 20 * DAY).date().isoformat()
    plan = {"title": "搅拌站扬尘噪声", "plan": "联合执法关停夜间作业，安装围挡喷淋。", "person": "王强"}
    return {**plan, "place": f"0{town.building.pk}", "lead": town.police.pk, "target_day": day, **more}


def page(town: Town, who: str, address: str) -> str:
    """What somebody reads there."""
    answer = signed_in(town.accounts[who]).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_hot_issue_becomes_a_project_is_cured_and_ends_by_itself(town: Town) -> None:
    find_hot_issues(subdistrict_id=town.building.subdistrict_id, now=told(town))
    issue = HotIssue.objects.get()
    assert f"/desk/hot/{issue.pk}/cure/" in page(town, "chen", "/desk/hot/")
    chen, wang = signed_in(town.accounts["chen"]), signed_in(town.accounts["wang"])
    answer = chen.post(f"/desk/hot/{issue.pk}/cure/", opened(town))
    root = RootProject.objects.get()
    here = f"/desk/roots/{root.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, here)
    assert (root.case_class.code, root.place, root.lead_id, root.opened_by) == ("E01", issue.place, town.police.pk, "陈立")
    assert here in page(town, "chen", "/desk/hot/")
    assert here in page(town, "wang", "/desk/roots/")

    assert wang.post(f"{here}measures/", {"words": "夜间作业已停，喷淋已装。"}).status_code == 302
    root.refresh_from_db()
    assert root.measures_at is not None
    assert watch_roots(root.measures_at + 60 * DAY - SECOND) == 1
    root.refresh_from_db()
    assert root.ended_as == ""
    end = root.measures_at + 61 * DAY
    assert watch_roots(end) == 1
    root.refresh_from_db()
    assert (root.ended_at, root.ended_as) == (end, "met")
    kinds = list(RootStep.objects.order_by("at").values_list("kind", flat=True))
    assert kinds == ["opened", "measures", "met"]
    assert {"cases.open_root_project", "cases.report_measures", "cases.root_project_met"} <= set(
        Entry.objects.values_list("what", flat=True)
    )
    assert here not in page(town, "wang", "/desk/roots/")
    assert here in page(town, "wang", "/desk/roots/?state=met")


def test_a_new_case_begins_the_60_days_anew_and_one_that_does_not_count_does_not(town: Town) -> None:
    now = timezone.now()
    root = make_root(town, now=now)
    usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.wang, now=now)
    make_case(town, now=now + 30 * DAY)
    make_case(town, cls="L02", now=now + 40 * DAY)
    make_case(town, now=now + 45 * DAY, building_id=None, point=(town.building.lon, town.building.lat))
    secret = make_case(town, now=now + 50 * DAY)
    Case.objects.filter(pk=secret.pk).update(confidential=True)
    watch_roots(now + 60 * DAY)
    root.refresh_from_db()
    assert (root.ended_at, root.last_case_at) == (None, now + 30 * DAY)
    watch_roots(now + 90 * DAY)
    root.refresh_from_db()
    assert root.ended_at == now + 90 * DAY


def test_what_comes_back_after_the_end_is_told(town: Town) -> None:
    now = timezone.now() - 70 * DAY
    root = make_root(town, now=now)
    usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.wang, now=now)
    watch_roots(now + 60 * DAY)
    case = make_case(town, now=now + 65 * DAY)
    watch_roots(now + 66 * DAY)
    root.refresh_from_db()
    assert root.came_back_at == case.received_at
    assert watch_roots(now + 67 * DAY) == 0
    assert f"/desk/roots/{root.pk}/" in page(town, "chen", "/desk/roots/?state=back")
    assert "row--late" in page(town, "chen", "/desk/roots/?state=back")
    again = signed_in(town.accounts["chen"]).post(f"/desk/cases/{case.number}/cure/", opened(town))
    assert again["Location"] != f"/desk/roots/{root.pk}/"
    assert f"/desk/roots/{root.pk}/" in page(town, "chen", again["Location"])  # among the others here


def test_what_does_not_come_back_is_watched_no_more(town: Town) -> None:
    now = timezone.now()
    root = make_root(town, now=now)
    usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.wang, now=now)
    watch_roots(now + 60 * DAY)
    watch_roots(now + 240 * DAY)
    make_case(town, now=now + 241 * DAY)
    assert watch_roots(now + 300 * DAY) == 0


def test_one_stands_for_a_class_and_place_and_a_second_is_led_to_it(town: Town) -> None:
    root = make_root(town)
    here, number = f"/desk/roots/{root.pk}/", make_case(town).number
    answer = signed_in(town.accounts["lin"]).post(f"/desk/cases/{number}/cure/", opened(town))
    assert answer["Location"] == here
    assert RootProject.objects.count() == 1
    root.refresh_from_db()
    assert root.title == "楼道照明反复损坏"
    another = make_root(town, place=f"2{town.grid.path}")
    with pytest.raises(IntegrityError), transaction.atomic():  # whatever would write it
        RootProject.objects.filter(pk=another.pk).update(place=root.place)
    usecases.give_up_root(root_id=root.pk, reason="小区整体搬迁", by=town.chen, now=timezone.now())
    answer = signed_in(town.accounts["lin"]).post(f"/desk/cases/{number}/cure/", opened(town))
    assert answer["Location"] != here


def test_who_opens_one_in_the_same_moment_gets_the_first(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    root, asked = make_root(town), []

    def at_first_none(*told: Any) -> dict[str, RootProject]:
        asked.append(told)
        return {} if len(asked) == 1 else standing_at(*told)

    monkeypatch.setattr(sys.modules["shequtong.cases.usecases.open_root_project"], "standing_at", at_first_none)
    number = make_case(town).number
    answer = signed_in(town.accounts["lin"]).post(f"/desk/cases/{number}/cure/", opened(town))
    assert answer["Location"] == f"/desk/roots/{root.pk}/"
    assert len(asked) == 2
    assert (RootProject.objects.count(), RootStep.objects.count()) == (1, 1)


def test_the_page_counts_what_came_before_and_after_and_hides_what_one_may_not_see(town: Town) -> None:
    now = timezone.now()
    numbers = [make_case(town, now=now - back * DAY).number for back in (181 + 20, 100, 50)]
    secret = make_case(town, now=now - 40 * DAY)
    Case.objects.filter(pk=secret.pk).update(confidential=True)
    root = make_root(town, now=now - 20 * DAY)
    usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.wang, now=now - 10 * DAY)
    during, after = make_case(town, now=now - 15 * DAY), make_case(town, now=now - 5 * DAY)
    client = signed_in(town.accounts["chen"])
    client.get(f"/desk/roots/{root.pk}/")
    with count_statements() as seen:
        shown = client.get(f"/desk/roots/{root.pk}/").content.decode()
    assert seen.warm.total <= 8
    assert shown.count("tile__value") == 3
    counts = [part.split("<")[0] for part in shown.split('tile__value">')[1:]]
    assert counts == ["2", "2", "1"]
    assert [number in shown for number in (*numbers, during.number, after.number, secret.number)] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    assert "55" in shown  # days left of the 60, since the last case
    mine = page(town, "wang", f"/desk/roots/{root.pk}/")  # the police had none of these cases
    assert during.number not in mine
    assert [part.split("<")[0] for part in mine.split('tile__value">')[1:]] == counts


@pytest.mark.parametrize(
    "wrong",
    [{"plan": "无"}, {"title": "x"}, {"lead": ""}, {"target_day": "2020-01-01"}, {"target_day": "2999-01-01"}, {"place": "9"}],
)
def test_what_is_missing_is_said(town: Town, wrong: dict[str, Any]) -> None:
    number = make_case(town).number
    answer = signed_in(town.accounts["chen"]).post(f"/desk/cases/{number}/cure/", opened(town, **wrong))
    assert answer.status_code == 422
    assert not RootProject.objects.exists()


def test_the_list_goes_on_page_by_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shequtong.cases.views.roots._PAGE", 2)
    now = timezone.now()
    places = [f"0{town.building.pk}", f"2{town.grid.path}", f"3{town.community.path}"]
    roots = [make_root(town, place=place, now=now - at * DAY) for at, place in enumerate(places)]
    client = signed_in(town.accounts["chen"])
    client.get("/desk/roots/")
    with count_statements() as seen:
        first = client.get("/desk/roots/").content.decode()
    assert seen.warm.total <= 4
    assert [f"/desk/roots/{one.pk}/" in first for one in roots] == [True, True, False]
    older = first.split('href="?after=')[1].split('"')[0].replace("&amp;", "&")
    rest = client.get(f"/desk/roots/?after={older}").content.decode()
    assert [f"/desk/roots/{one.pk}/" in rest for one in roots] == [False, False, True]
    assert f"/desk/roots/{roots[0].pk}/" not in client.get(f"/desk/roots/?lead={town.urban.pk}").content.decode()
