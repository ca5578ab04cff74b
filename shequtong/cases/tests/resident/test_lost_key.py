"""A lost key is found again by the telephone that was left, proven by a code; and by nothing else."""

import pytest
from django.test import Client

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.models import Reporter
from shequtong.cases.testing import make_case
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
PHONE = "13812345678"  # what make_case leaves


def test_the_telephone_that_was_left_opens_matter_and_key(town: Town) -> None:
    case = make_case(town)
    client = signed_in(make_account(phone=PHONE))
    assert client.get(f"/r/{case.number}/evaluate/").status_code == 404
    page = client.get("/r/lost/").content.decode()
    assert case.number in page
    assert PHONE not in page
    assert "楼道灯坏了三天" in client.get(f"/r/{case.number}/").content.decode()
    reporter = Reporter.objects.get(subdistrict=case.subdistrict_id, pk=case.reporter_id)
    assert reporter.key.reveal() in client.get(f"/report/done/{case.number}/").content.decode()


def test_another_telephone_nobody_and_staff_find_nothing(town: Town) -> None:
    case = make_case(town)
    for client in (Client(), signed_in(make_account(phone="13998765432")), signed_in(town.accounts["gao"])):
        assert case.number not in client.get("/r/lost/").content.decode()
        assert "楼道灯坏了三天" not in client.get(f"/r/{case.number}/").content.decode()


def test_a_matter_of_an_account_stays_with_that_account(town: Town) -> None:
    case = make_case(town, account_id=make_account(phone="13998765432").pk)
    assert case.number not in signed_in(make_account(phone=PHONE)).get("/r/lost/").content.decode()


def test_it_costs_few_statements_however_many_there_are(town: Town) -> None:
    client, costs = signed_in(make_account(phone=PHONE)), []
    for _time in range(2):
        for _case in range(4):
            make_case(town)
        client.get("/r/lost/")
        with count_statements() as asked:
            client.get("/r/lost/")
        costs.append(len([one for one in asked.statements if "core_revision" not in one.sql]))
    assert costs[0] == costs[1] <= 4
