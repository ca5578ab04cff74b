"""What was fixed, as pictures: the reporter's, with the answer, once somebody else has checked it; never before, never public."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.tests.resident.test_own_case import unlocked
from shequtong.cases.workflow import Stage
from shequtong.files.models import Blob
from shequtong.files.testing import make_blob, photo, upload
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.usefixtures("watched_requests")


def test_what_was_fixed_is_shown_to_the_reporter_with_the_answer_and_to_nobody_else(town: Town) -> None:
    account = make_account()
    case = make_case(town, account_id=account.pk, stage=Stage.HANDLING)
    blob = make_blob(STREET, "form-after", words="after")
    now = MORNING + timedelta(hours=1)
    usecases.handle_case(number=case.number, result="已更换灯具", photos=[blob.pk], claim="form-after", by=town.wang, now=now)

    def seen(client: Client) -> tuple[bool, bool]:
        """On the page, and by its own address."""
        page = client.get(f"/r/{case.number}/").content.decode()
        return f"/files/{blob.pk}/" in page, client.get(f"/files/{blob.pk}/shown").status_code == 200

    steps: tuple[tuple[bool, Callable[[datetime], object]], ...] = (
        (False, lambda at: usecases.verify_case(number=case.number, by=town.sun, now=at)),
        (
            True,
            lambda at: usecases.answer_case(number=case.number, text="您好，楼道灯已修复。", publish=True, by=town.lin, now=at),
        ),
        (True, lambda at: usecases.close_case(number=case.number, by=town.shen, now=at)),
        (False, lambda at: usecases.reopen_case(number=case.number, reason="又坏了", by=town.chen, now=at)),
    )
    assert seen(signed_in(account)) == (False, False)
    for minutes, (shown, step) in enumerate(steps, start=1):
        step(now + timedelta(minutes=minutes))
        assert seen(signed_in(account)) == (shown, shown)
        assert seen(Client()) == seen(signed_in(make_account())) == seen(signed_in(town.accounts["gao"])) == (False, False)
        assert (f"/files/{blob.pk}/" in unlocked(case).open(f"/r/{case.number}/").text) == shown


def test_a_reporter_shows_that_it_is_not_solved_with_a_photo(town: Town) -> None:
    account = make_account()
    case = make_case(town, account_id=account.pk, stage=Stage.CLOSED, now=timezone.now() - timedelta(hours=3))
    phone = Phone(signed_in(account)).open(f"/r/{case.number}/reopen/")
    phone.press(phone.form("note"), note="灯又不亮了", files=[upload(photo())])
    case.refresh_from_db()
    assert case.stage == Stage.REGISTERED
    step = case.steps.get(move="reopen")
    (link,) = Blob.objects.filter(detail_id=step.pk)
    assert link.label == "before"
    assert signed_in(town.accounts["chen"]).get(f"/files/{link.pk}/shown").status_code == 200
    assert signed_in(town.accounts["gao"]).get(f"/files/{link.pk}/shown").status_code == 404
