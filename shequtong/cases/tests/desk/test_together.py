"""Several people on one case: seen by name, notes that name people, following, and a second save that overwrites nothing unseen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case, Note, Presence, Step
from shequtong.cases.scheduled import forget
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=40)


def submit_key(page: Any) -> str:
    """The key of the one form on the page."""
    found = re.search(r'name="submit_key" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def test_who_else_has_it_open_is_shown_by_name_and_what_they_are_at(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    lin, chen = signed_in(town.accounts["lin"]), signed_in(town.accounts["chen"])
    address = f"/desk/cases/{case.number}/presence/"

    assert "林洁" not in lin.get(f"{address}?doing=dispatch").content.decode()
    seen = chen.get(address).content.decode()

    assert "林洁" in seen
    assert "派遣" in seen
    assert "陈立" not in seen


def test_who_closed_the_page_is_seen_no_more_and_forgotten_a_day_later(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    usecases.mark_presence(case=case, doing="", by=town.lin, now=MORNING)

    assert usecases.mark_presence(case=case, doing="", by=town.chen, now=MORNING + timedelta(seconds=13)) == []

    forget(MORNING + timedelta(days=2))
    assert not Presence.objects.filter(subdistrict=STREET).exists()


def test_a_note_names_people_and_tells_them_and_no_reporter_reads_it(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING, account_id=town.accounts["qian"].pk)
    chen = signed_in(town.accounts["chen"])
    page = chen.get(f"/desk/cases/{case.number}/note/")
    data = {"text": "请核对材料编号", "mentions": [town.accounts["wang"].pk], "submit_key": submit_key(page)}

    for _press in range(2):
        assert chen.post(f"/desk/cases/{case.number}/note/", data).status_code == 302

    assert Note.objects.get(case=case).text == "请核对材料编号"
    assert Message.objects.filter(account_id=town.accounts["wang"].pk, template="case.followed").count() == 1
    assert "请核对材料编号" in chen.get(f"/desk/cases/{case.number}/").content.decode()
    assert "请核对材料编号" not in signed_in(town.accounts["qian"]).get(f"/r/{case.number}/").content.decode()


def test_the_page_says_whom_a_note_names_and_who_follows(town: Town) -> None:
    case, client = make_case(town, stage=Stage.HANDLING), signed_in(town.accounts["chen"])
    wang, zhou = town.accounts["wang"], town.accounts["zhou"]
    offered = client.get(f"/desk/cases/{case.number}/note/").content.decode()
    assert re.search(rf'<input type="checkbox" name="mentions" value="{wang.pk}"', offered)
    assert "<select" not in offered  # several of a list cannot be chosen on a phone
    assert offered.index("王强 · ") < offered.index("陈立 · ")  # of the station that has it first
    assert f'value="{zhou.pk}"' not in offered  # of a station that has no part in it: nothing to read for them
    usecases.add_note(number=case.number, text="请核对", mentions=[wang.pk], by=town.chen, now=MORNING)
    usecases.follow_case(number=case.number, follow=True, by=town.lin, now=MORNING)
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert "@王强" in page
    assert f"{_('Followed by')}: 林洁" in page


def test_who_follows_is_told_of_each_move_but_not_of_their_own(town: Town) -> None:
    case = make_case(town, stage=Stage.DISPATCHED)
    for _twice in range(2):
        usecases.follow_case(number=case.number, follow=True, by=town.shen, now=LATER)
    usecases.follow_case(number=case.number, follow=True, by=town.chen, now=LATER)
    case.refresh_from_db()
    assert case.follow_count == 2

    usecases.accept_case(number=case.number, by=town.wang, now=LATER)
    assert set(Message.objects.filter(template="case.followed").values_list("account_id", flat=True)) == {
        town.accounts["shen"].pk,
        town.accounts["chen"].pk,
    }
    usecases.follow_case(number=case.number, follow=False, by=town.shen, now=LATER)
    case.refresh_from_db()
    assert case.follow_count == 1


def test_a_second_save_shows_both_versions_and_then_goes_through(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSING)
    lin = signed_in(town.accounts["lin"])
    address = f"/desk/cases/{case.number}/answer/"
    page = lin.get(address)
    usecases.answer_case(number=case.number, text="您好，已由物业更换灯具。", publish=False, by=town.chen, now=LATER)
    mine = {"text": "您好，灯已经修好了。", "seen": str(case.step_count), "submit_key": submit_key(page)}

    shown = lin.post(address, mine)

    assert shown.status_code == 422
    said = shown.content.decode()
    assert all(words in said for words in ("陈立", "您好，已由物业更换灯具。", "您好，灯已经修好了。"))
    assert Step.objects.filter(case=case, move="answer").count() == 1
    again = {**mine, "seen": str(Case.objects.get(pk=case.pk).step_count), "submit_key": submit_key(shown)}
    assert lin.post(address, again).status_code == 302


def test_what_the_clock_did_meanwhile_stops_nobody(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    wang = signed_in(town.accounts["wang"])
    page = wang.get(f"/desk/cases/{case.number}/handle/")
    usecases.remind_case(number=case.number, by=SystemActor("Clock"), now=LATER)
    data = {"note": "已更换灯具", "seen": str(case.step_count), "submit_key": submit_key(page)}

    assert wang.post(f"/desk/cases/{case.number}/handle/", data).status_code == 302


def usecases_clock() -> object:

    return SystemActor("Clock")
