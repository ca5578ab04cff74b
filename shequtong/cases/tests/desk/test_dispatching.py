"""Where a case is dispatched to: the proposal first and why, how much each has; nobody stands chosen where nobody is proposed; who sent it back is named."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access.roles import table
from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.views.moves.dispatching import grouped_stations, suggested_station
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.organizations.models import Station
from shequtong.organizations.stations import REVISION
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


def options(page: str, name: str) -> list[str]:
    """The words of a choice, in order; groups as «name»."""
    inside = re.search(rf'<select name="{name}".*?>(.*?)</select>', page, re.DOTALL)
    assert inside
    found = re.findall(r'<optgroup label="([^"]+)"|<option[^>]*>([^<]+)<', inside[1])
    return [f"«{group}»" if group else words.strip() for group, words in found]


def test_the_duty_list_stands_first_with_why_and_how_much_each_has(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    lead = Station.objects.get(pk=suggested_station(case) or 0)
    busy = make_case(town, stage=Stage.REGISTERED)
    usecases.dispatch_case(number=busy.number, to=lead.pk, by=town.lin, now=timezone.now())
    page = signed_in(town.accounts["lin"]).get(f"/desk/cases/{case.number}/dispatch/").content.decode()
    found = options(page, "to")
    assert found[0] == f"«{_('By the duty list')}»"
    assert found[1] == _("%(station)s (%(n)d open)") % {"station": lead.name, "n": 1}
    assert _("Proposed: %(proposed)s") % {"proposed": lead.name} in page
    assert page.index("<details") < page.index('name="assisting"')  # who helps is folded


def test_one_order_for_one_and_for_many(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    bulk = signed_in(town.accounts["lin"]).get("/desk/cases/bulk/dispatch/", {"case": case.number}).content.decode()
    serving = [one.name for group in grouped_stations(case) for one in group.stations if case.place_path.startswith(one.path)]
    assert options(bulk, f"to-{case.number}")[1:] == serving


def test_where_the_duty_list_leads_to_nobody_nobody_stands_chosen(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    Station.objects.filter(pk__in=[suggested_station(case)]).update(ended_at=timezone.now())
    held.changed(REVISION)
    client = signed_in(town.accounts["lin"])
    page = client.get(f"/desk/cases/{case.number}/dispatch/").content.decode()
    assert options(page, "to")[0] == _("Choose a station")
    assert _("No station for this place") in page


def test_who_sent_it_back_is_named_where_it_is_dispatched_again(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.send_back_case(number=case.number, reason="不属公安职责", by=town.wang, now=timezone.now())
    page = signed_in(town.accounts["lin"]).get(f"/desk/cases/{case.number}/dispatch/").content.decode()
    assert "不属公安职责" in page
    assert town.police.name in page.partition("<form")[2].partition("<select")[0] + page.partition("<select")[0]


def test_nobody_stands_chosen_to_be_assigned_and_each_has_a_number_of_cases(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    page = signed_in(town.accounts["wang"]).get(f"/desk/cases/{case.number}/assign/").content.decode()
    found = options(page, "person")
    assert found[0] == _("Choose a person")
    post = table().roles["station_head"].label
    mine = _("%(name)s · %(post)s (%(n)d open)") % {"name": town.accounts["wang"], "post": post, "n": 1}
    assert _("%(person)s, has it now") % {"person": mine} in found
    assert re.findall(r'value="(\d*)" selected', page) == [""]
