"""A class with several conditions: nobody is promised the first, nobody registers under it without having chosen."""

from dataclasses import replace

import pytest
from django.test import Client

from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.examples import EXAMPLES
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.core.submissions import FIELD
from shequtong.testing.town import MORNING, NOON, TOWN_HALL, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(town: Town) -> Case:
    """A report of a class with two rows, whose limits differ."""
    found = next(one for one in EXAMPLES if one.code == "L01")
    second = replace(found, row=2, register_condition="灯杆倾倒、漏电", limit_amount=2, limit_kind="urgent_hours")
    usecases.publish_standard(new=second, by=TOWN_HALL, now=NOON)
    return make_case(town, cls="L01", now=MORNING, account_id=make_account(phone="13998765432").pk)


def test_no_row_is_chosen_beforehand_and_none_is_registered_without(town: Town, several: Case, client: Client) -> None:
    client.force_login(town.accounts["shen"])
    url = f"/desk/cases/{several.number}/register/"
    page = client.get(url).content.decode()
    assert 'name="row"' in page
    assert "checked" not in page
    key = page.split(f'name="{FIELD}" value="')[1].split('"')[0]
    refused = client.post(url, {"note": "", FIELD: key})
    assert (refused.status_code, "请选择符合的立案条件" in refused.content.decode()) == (422, True)
    assert 'name="row"' in refused.content.decode()
    several.refresh_from_db()
    assert several.stage == "intake"


def test_the_reporter_is_told_that_it_is_decided_at_registration(town: Town, several: Case) -> None:
    own = signed_in(Account.objects.get(pk=several.reporter_account_id or 0))
    assert "立案时按实际情形确定" in own.get(f"/r/{several.number}/").content.decode()
    assert "立案时按实际情形确定" in own.get(f"/report/done/{several.number}/").content.decode()
    rows = catalogue().classes[several.case_class_id].standards
    usecases.register_case(number=several.number, by=town.shen, now=MORNING, row=rows[-1].row)
    assert "instead_of" not in Step.objects.filter(case=several).latest("number").details  # nothing else was told before
    assert "立案时按实际情形确定" not in own.get(f"/r/{several.number}/").content.decode()
