"""What the tests of accounts start from."""

import pytest
from django.test import Client

from shequtong.accounts.testing import Browser, Sender


@pytest.fixture
def browser(db: None) -> Client:
    """Somebody's browser, nobody signed in."""
    return Browser(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"})


@pytest.fixture
def sender(db: None) -> Sender:
    """What was sent to phones."""
    return Sender()
