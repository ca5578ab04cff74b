"""Root-cause projects as a table: the list as it is filtered and as its reader may see it, with counts that name nothing confidential; the board leads there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases import usecases
from shequtong.cases.models import Case, RootProject
from shequtong.cases.testing import make_case, make_root
from shequtong.cases.tests.desk.test_export import made
from shequtong.cases.tests.desk.test_hot_issues import told
from shequtong.cases.usecases.find_hot_issues import find_hot_issues
from shequtong.tasks.models import Task
from shequtong.tasks.xlsx import HEAD
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
EXPORT = "/desk/roots/export/"
TITLE, LEAD, STATE, MEASURES, BEFORE, SINCE, AFTER, LAST = 0, 4, 6, 9, 10, 11, 12, 13


def ask(town: Town, who: str, query: str = "") -> Task:
    """Press the button on the list."""
    browser = signed_in(town.accounts[who])
    page = browser.get(f"/desk/roots/?{query}").content.decode()
    form = re.search(rf'<form[^>]+action="{EXPORT}".*?</form>', page, re.DOTALL)
    assert form, "no button"
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.group(0)))
    answer = browser.post(EXPORT, {**typed, "query": typed["query"].replace("&amp;", "&")})
    assert answer.status_code == 302
    return Task.objects.get(pk=int(answer["Location"].split("/")[-2]))


def test_a_row_a_project_with_its_cases_before_since_and_after(town: Town) -> None:
    now = timezone.now() - 30 * DAY
    for days in (40, 20, 181):
        make_case(town, now=now - days * DAY)
    root = make_root(town, now=now)
    RootProject.objects.filter(pk=root.pk).update(title="=楼道灯 13812345678")
    make_case(town, now=now + 5 * DAY)
    usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.wang, now=now + 10 * DAY)
    make_case(town, now=now + 20 * DAY)
    secret = make_case(town, now=now + 21 * DAY)
    Case.objects.filter(pk=secret.pk).update(confidential=True)
    rows = made(town, "chen", ask(town, "chen"))
    assert len(rows) == HEAD + 1
    row = rows[HEAD]
    assert (row[TITLE], row[STATE], row[MEASURES]) == ("=楼道灯 138****5678", "整改完成，60天观察中", "线路已更换。")
    assert [row[at] for at in (BEFORE, SINCE, AFTER)] == [2, 2, 1], "neither too old nor confidential"
    assert row[LAST] == (now + 20 * DAY).astimezone(timezone.get_default_timezone()).date().isoformat()
    assert "派出所" in str(row[LEAD]) or "公安" in str(row[LEAD])
    entry = Entry.objects.get(what="cases.roots_exported")
    assert (entry.account_id, entry.facts["rows"]) == (town.accounts["chen"].pk, 1)


def test_it_holds_what_the_list_holds_by_its_filter(town: Town) -> None:
    now = timezone.now()
    standing, over = make_root(town, now=now), make_root(town, now=now - DAY, place=f"2{town.grid.path}")
    usecases.give_up_root(root_id=over.pk, reason="小区整体搬迁", by=town.chen, now=now)
    titles = {one.pk: f"项目{at}" for at, one in enumerate((standing, over))}
    for pk, title in titles.items():
        RootProject.objects.filter(pk=pk).update(title=title)
    for query, found in (("", [standing]), ("state=given_up", [over]), ("state=all", [standing, over])):
        rows = made(town, "chen", ask(town, "chen", query))
        assert [row[TITLE] for row in rows[HEAD:]] == [titles[one.pk] for one in found], query
    rows = made(town, "chen", ask(town, "chen", f"state=all&lead={town.police.pk}"))
    assert "狮山公安" in str(rows[1][0])


def test_nobody_gets_more_than_their_list_and_who_has_none_is_refused(town: Town) -> None:
    make_root(town, now=timezone.now())
    gao = signed_in(town.accounts["gao"])
    assert EXPORT not in gao.get("/desk/roots/").content.decode(), "nothing to take along"
    assert gao.post(EXPORT, {"query": "state=all"}).status_code == 302
    assert len(made(town, "gao", Task.objects.get())) == HEAD
    for who in ("xu", "qian"):
        assert signed_in(town.accounts[who]).post(EXPORT, {"query": ""}).status_code == 404, who
    assert signed_in(town.accounts["chen"]).post(EXPORT, {"query": "state=nonsense&lead=x%00"}).status_code == 302


def test_the_board_leads_to_them_beside_its_hot_issues(town: Town) -> None:
    assert "/desk/roots/" not in signed_in(town.accounts["chen"]).get("/board/").content.decode()
    find_hot_issues(subdistrict_id=town.building.subdistrict_id, now=told(town))
    assert 'href="/desk/roots/"' in signed_in(town.accounts["supervisor"]).get("/board/").content.decode()
