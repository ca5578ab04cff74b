"""One's own list: filters under a name above the queue, twenty at most, and columns left out; each account its own."""

import re
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases.models import Case, OwnList
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import assign_case, save_filter
from shequtong.cases.usecases.choose_columns import COLUMNS
from shequtong.cases.usecases.save_filter import MOST, CannotSaveFilter
from shequtong.cases.workflow import Stage
from shequtong.core.clock.nearness import by_when
from shequtong.core.refusals import Forbidden
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
ADDRESS, QUEUE = "/desk/cases/mine/", "/desk/cases/"


def cost(client: Client, address: str) -> int:
    """Statements of a page that was open before."""
    client.get(address)
    with count_statements() as seen:
        client.get(address)
    return seen.warm.total


def key(client: Client) -> str:
    return client.get(ADDRESS).content.decode().split('name="submit_key" value="')[1].split('"')[0]


def test_a_filter_is_kept_shown_and_removed(town: Town) -> None:
    client = signed_in(town.accounts["lin"])
    queue = client.get(f"{QUEUE}?stage=registered&light=red&after=x_1").content.decode()
    assert f'href="{ADDRESS}?query=stage%3Dregistered%26light%3Dred"' in queue
    told = {"name": " 急件 ", "query": "light=red&stage=registered&next=evil"}
    answer = client.post(ADDRESS, {"submit_key": key(client), **told})
    assert answer.headers["Location"] == f"{QUEUE}?stage=registered&light=red"
    chip = '<a class="chip" href="?stage=registered&amp;light=red"'
    assert f'{chip} aria-current="true">急件</a>' in client.get(answer.headers["Location"]).content.decode()
    assert f"{chip}>急件</a>" in client.get(QUEUE).content.decode()
    for who in ("chen", "gao"):
        assert "急件" not in signed_in(town.accounts[who]).get(QUEUE).content.decode()
    assert client.post(ADDRESS, {"submit_key": key(client), "remove": "急件"}).status_code == 302
    assert "急件" not in client.get(QUEUE).content.decode()
    assert set(Entry.objects.values_list("what", flat=True)) >= {"cases.save_filter", "cases.remove_filter"}


def test_columns_are_left_out_of_the_queue_alone(town: Town) -> None:
    case, client = make_case(town), signed_in(town.accounts["chen"])
    client.post(ADDRESS, {"submit_key": key(client), "do": "columns", "column": ["stage", "due", "nonsense"]})
    assert OwnList.objects.get().hidden == ["class", "place", "station"]
    page = client.get(QUEUE).content.decode()
    assert page.count('<th scope="col">') == 4
    row = page.split(f'<tr id="case-{case.number}"')[1].split("</tr>")[0]
    assert row.count("<td") == 4


def test_columns_are_added_with_their_values_and_cost_nothing(town: Town) -> None:
    case, client = make_case(town, stage=Stage.HANDLING), signed_in(town.accounts["chen"])
    assign_case(number=case.number, account_id=town.accounts["wang"].pk, note="", by=town.wang, now=MORNING)
    client.get(QUEUE)
    few = cost(client, QUEUE)
    told = {"submit_key": key(client), "do": "columns", "column": [*COLUMNS, "person", "channel", "days", "received", "text"]}
    client.post(ADDRESS, told)
    assert OwnList.objects.get().added == ["channel", "received", "days", "person"]
    page = client.get(QUEUE).content.decode()
    row = page.split(f'<tr id="case-{case.number}"')[1].split("</tr>")[0]
    assert page.count('<th scope="col">') == row.count("<td") == 11
    for said in ("王强", str(Case.Channel.RESIDENT.label), by_when(case.due_at, timezone.now(), ZoneInfo("Asia/Shanghai"))):
        assert said in row
    assert cost(client, QUEUE) == few
    header = signed_in(town.accounts["chen"]).get(f"{QUEUE}?reach=all").content.decode()
    assert "王强" not in header.split("<table")[1]
    assert page.count(_("Person charged")) == 2
    assert "王强" not in signed_in(town.accounts["gao"]).get(QUEUE).content.decode()


def test_a_filter_is_kept_from_the_list_itself(town: Town) -> None:
    client = signed_in(town.accounts["lin"])
    form = '<details class="keep">'
    assert form not in client.get(QUEUE).content.decode()
    page = client.get(f"{QUEUE}?stage=registered").content.decode()
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.split(form)[1].split("</form>")[0]))
    answer = client.post(ADDRESS, {**typed, "name": "待我派遣"})
    assert answer.headers["Location"] == f"{QUEUE}?stage=registered"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "待我派遣" in page
    assert form not in page  # it is kept already


def test_what_cannot_be_kept_is_refused(town: Town) -> None:
    for name, query in (("", "stage=registered"), ("长" * 21, "stage=registered"), ("空", "")):
        with pytest.raises(CannotSaveFilter):
            save_filter(name=name, query=query, by=town.lin, now=MORNING)
    for n in range(MOST):
        save_filter(name=str(n), query="stage=registered", by=town.lin, now=MORNING)
    save_filter(name="3", query="light=red", by=town.lin, now=MORNING)  # the same name again
    with pytest.raises(CannotSaveFilter):
        save_filter(name="更多", query="light=red", by=town.lin, now=MORNING)
    client = signed_in(town.accounts["lin"])
    refused = client.post(ADDRESS, {"submit_key": key(client), "name": "更多", "query": "stage=registered"})
    assert refused.status_code == 422
    assert _("You keep %(most)d filters at most. Remove one first.") % {"most": MOST} in refused.content.decode()
    with pytest.raises(Forbidden):
        save_filter(name="我的", query="stage=registered", by=town.qian, now=MORNING)
