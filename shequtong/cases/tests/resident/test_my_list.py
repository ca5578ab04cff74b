"""My matters at a glance: by when, why the time stands still, what comes next, and who answers; nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.usefixtures("watched_requests")


def test_each_row_says_by_when_what_next_and_who_answers(town: Town) -> None:
    account = make_account()
    make_case(town, account_id=account.pk)
    page = signed_in(account).get("/me/").content.decode()
    assert "工作人员审核您反映的内容" in page
    assert "由狮山街道答复" in page
    assert "派遣后5个工作日内办理" in page

    make_case(town, account_id=account.pk, stage=Stage.HANDLING, now=MORNING + timedelta(hours=1))
    page = signed_in(account).get("/me/").content.decode()
    assert f"由{town.police.name}答复" in page
    assert "应于 " in page
    assert f"{town.police.name}正在办理。" in page


def test_a_pause_stands_there_with_its_reason_and_its_end(town: Town) -> None:
    account = make_account()
    case = make_case(town, account_id=account.pk, stage=Stage.HANDLING)
    usecases.ask_reporter(number=case.number, text="是几单元？", by=town.wang, now=case.stage_since + timedelta(minutes=5))
    page = signed_in(account).get("/me/").content.decode()
    assert "正在等待您补充情况。" in page
    assert "应于 " in page
    assert "最迟到" in page


def test_others_see_none_of_it(town: Town) -> None:
    number = make_case(town, account_id=make_account().pk).number
    for who in ("qian", "gao"):
        assert number not in signed_in(town.accounts[who]).get("/me/").content.decode()


def test_what_waits_for_a_rating_is_marked_and_the_list_narrows(town: Town) -> None:
    account = make_account()
    client = signed_in(account)
    lately = timezone.now() - timedelta(hours=3)
    closed = make_case(town, account_id=account.pk, stage=Stage.CLOSED, now=lately)
    under_way = make_case(town, account_id=account.pk)
    page = client.get("/me/").content.decode()
    assert page.count("待您评价") == 1
    assert "回到第一页" not in page
    over, still = (client.get(f"/me/?show={which}").content.decode() for which in ("over", "open"))
    assert (closed.number in over, under_way.number in over) == (True, False)
    assert (closed.number in still, under_way.number in still) == (False, True)


def test_what_was_opened_with_its_key_is_not_lost_by_signing_in(town: Town) -> None:
    case, client = make_case(town), signed_in(make_account(phone="13998765432"))
    session = client.session
    session["held"] = [str(case.pk)]
    session.save()
    assert case.number in client.get("/me/").content.decode()


def test_a_matter_is_found_by_number_serial_words_and_class(town: Town) -> None:
    account = make_account()
    client = signed_in(account)
    lamp = make_case(town, account_id=account.pk, text="三楼的灯一闪一闪")
    noise = make_case(town, account_id=account.pk, cls="L02", text="半夜放音响100%大声", stage=Stage.CLOSED)
    others = make_case(town, account_id=make_account(phone="13998765432").pk, text="三楼的灯也不亮")

    def found(q: str, **more: str) -> set[str]:
        page = client.get("/me/", {"q": q, **more}).content.decode()
        assert f"/r/{others.number}/" not in page
        return {case.number for case in (lamp, noise) if f"/r/{case.number}/" in page}

    kind = catalogue().classes[noise.case_class_id].name
    assert found("三楼 一闪") == found(lamp.number) == found(lamp.number.lower().replace("-", " ")) == {lamp.number}
    assert found(f"{noise.serial:06}") == found(kind[:2]) == found("100%") == {noise.number}
    assert found("灯", show="over") == found("没有的词") == set()
    assert found(others.number) == set()
    assert "没有符合" in client.get("/me/?q=没有的词").content.decode()


def test_the_search_stands_where_there_is_something_to_search_and_stays_through_tabs_and_pages(town: Town) -> None:
    account = make_account()
    client = signed_in(account)
    assert 'role="search"' not in client.get("/me/").content.decode()
    for _n in range(21):
        make_case(town, account_id=account.pk)
    assert 'role="search"' in client.get("/me/").content.decode()
    page = client.get("/me/?q=灯&show=open").content.decode()
    assert "?q=%E7%81%AF" in page
    assert "?show=over&amp;q=%E7%81%AF" in page
    assert "?show=open&amp;q=%E7%81%AF&amp;after=" in page
    assert "没有" in client.get("/me/?show=over").content.decode()


def test_a_search_costs_no_statement_more(town: Town) -> None:
    account = make_account()
    client = signed_in(account)
    for _n in range(7):
        make_case(town, account_id=account.pk)
    totals = []
    for query in ("", "?q=灯", f"?q={make_case(town).serial}"):
        client.get(f"/me/{query}")
        with count_statements() as seen:
            client.get(f"/me/{query}")
        totals.append(seen.total)
    assert len(set(totals)) == 1, totals
