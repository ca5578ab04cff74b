"""What the tests of the board start from: a day of cases, somebody's browser, the numbers of a page with what they open."""

import re
from datetime import timedelta
from html import unescape

from django.test import Client
from django.utils import timezone

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.models import NEVER, Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.town import Town


def light(case: Case, *, amber: float, due: float) -> None:
    """Its clock, in hours from now."""
    now = timezone.now()
    told = {"amber_at": now + timedelta(hours=amber), "due_at": now + timedelta(hours=due)}
    Case.objects.filter(pk=case.pk, subdistrict=case.subdistrict_id).update(**told)


def a_day(town: Town) -> list[Case]:
    """Cases of every light at several stages and both grids, one without a clock, one closed, one settled on the spot."""
    now = timezone.now() - timedelta(hours=2)
    red, amber, green, still = (
        make_case(town, stage=stage, now=now) for stage in (Stage.HANDLING, Stage.HANDLING, Stage.INTAKE, Stage.REGISTERED)
    )
    light(red, amber=-60, due=-50)
    light(amber, amber=-1, due=3)
    light(green, amber=20, due=30)
    Case.objects.filter(pk=still.pk, subdistrict=still.subdistrict_id).update(amber_at=NEVER, due_at=NEVER)
    closed = make_case(town, stage=Stage.CLOSED, now=now)
    new = usecases.NewCase("0101", "人行道井盖移位", "staff", building_id=town.building.pk, settled="已复位")
    usecases.open_case(new=new, by=town.he, now=timezone.now())
    return [red, amber, green, still, closed]


def district_viewer(town: Town) -> Client:
    account = make_account("陆文斌", staff=True)
    make_appointment(account, "district_viewer", town.district)
    return signed_in(account)


def browser(town: Town, who: str) -> Client:
    return district_viewer(town) if who == "district" else signed_in(town.accounts[who])


def numbers(page: str) -> list[tuple[str, int]]:
    """Each number with the address it opens."""
    return [(unescape(url), int(n)) for url, n in re.findall(r'<a href="([^"]+)">(\d+)</a>', page)]
