"""How an account is found (查找账号): by the index of telephones, however many residents there are."""

import pytest
from django.db import connection

from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account
from shequtong.testing.plans import plans

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads a table of a test from end to end whatever its indexes"
)
def test_a_phone_is_looked_up_in_the_index() -> None:
    account = make_account(phone="13900000077")
    with plans("accounts_account") as read:
        assert Account.objects.with_phone("139 0000 0077") == account
    assert len(read) == 1
    assert "accounts_account_phone" in str(read[0][1]), read
