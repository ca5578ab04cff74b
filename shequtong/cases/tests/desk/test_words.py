"""Words within the list: with its filters, in its order, page by page, and never more rows read than are said to be."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.grams import grams_of
from shequtong.cases.lookups import Filters, cases_saying, words
from shequtong.cases.models import Case, CaseGram
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.correct_case import Correction
from shequtong.cases.usecases.rebuild_grams import rebuild_grams
from shequtong.cases.workflow import Stage
from shequtong.testing.crowd import copy_cases
from shequtong.testing.statements import count_statements
from shequtong.testing.town import NOON, STREET, Town

pytestmark = pytest.mark.django_db
LIST = "/desk/cases/"


def page(town: Town, who: str, **asked: str) -> str:
    answer = signed_in(town.accounts[who]).get(LIST, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def found(town: Town, who: str, **asked: str) -> list[str]:
    return re.findall(r'<tr id="case-([^"]+)"', page(town, who, **asked))


@pytest.mark.parametrize("q", ["井盖", "盖", "井盖 翘起", "翘起来了", "枫桥路12号 井盖"])
def test_words_are_found_within_the_filters(q: str, town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING, text="人行道的井盖翘起来了。")
    make_case(town, text="楼道灯坏了三天。")
    assert found(town, "chen", q=q) == [case.number]
    assert found(town, "chen", q=q, stage="intake") == []
    assert found(town, "wang", q=q) == [case.number]
    assert found(town, "gao", q=q) == found(town, "zhou", q=q) == []
    assert "<mark>" in page(town, "chen", q=q)


# Characters that follow one another in no other place: each pair is a gram of its own.
LONG = "".join(chr(0x4E00 + 7 * at) for at in range(2400)) + "，最后说到翡翠湾的喷泉。"


def test_the_end_of_a_long_text_is_found_and_written_in_one_statement(town: Town) -> None:
    with count_statements() as short:
        make_case(town, text="楼道灯坏了三天。")
    with count_statements() as seen:
        case = make_case(town, text=LONG)
    assert len(seen.listing.splitlines()) <= len(short.listing.splitlines()), seen.listing
    assert found(town, "chen", q="翡翠湾") == found(town, "chen", q="喷泉 翡翠") == [case.number]
    assert "<mark>翡翠湾</mark>" in page(town, "chen", q="翡翠湾")


def test_long_texts_that_were_there_before_are_found_once_they_are_filled_up(town: Town) -> None:
    case = make_case(town, text=LONG)
    kept = grams_of(LONG[:300], case.title, case.address)
    CaseGram.objects.filter(subdistrict=STREET, case=case.pk).exclude(gram__in=kept).delete()
    assert found(town, "chen", q="翡翠湾") == []
    fill = import_module("shequtong.cases.migrations.0027_whole_texts").fill
    fill(apps, None)
    fill(apps, None)
    assert found(town, "chen", q="翡翠湾") == [case.number]
    rows = CaseGram.objects.filter(subdistrict=STREET, case=case.pk).values_list("gram", flat=True)
    assert set(rows) >= grams_of(LONG, case.title, case.address)


def test_a_number_that_very_many_say_finds_them_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST", 2)
    called, saying = make_case(town, stage=Stage.CLOSED), [make_case(town, text="报警110已经来过三次了。") for _each in range(4)]
    Case.objects.filter(pk=called.pk, subdistrict=STREET).update(serial=110)
    assert set(found(town, "chen", q="110")) == {case.number for case in saying}
    everything = found(town, "chen", q="110", stage="all")
    assert everything[0] == Case.objects.get(pk=called.pk, subdistrict=STREET).number
    assert set(everything[1:]) == {case.number for case in saying}


def test_a_telephone_is_refused_with_words_beside_it_too(town: Town) -> None:
    make_case(town, text="请联系13812345678，楼道灯坏了。")
    assert found(town, "chen", q="13812345678 楼道灯") == found(town, "chen", q="13812345678")
    assert _(
        "A telephone number is not looked for here. Callers are found on the search page, where each look is logged."
    ) in page(town, "chen", q="楼道灯 13812345678")


def test_ended_ones_are_found_where_all_are_asked_for(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    said = page(town, "chen", q="楼道灯")
    assert case.number not in said
    assert "?q=%E6%A5%BC%E9%81%93%E7%81%AF&amp;stage=all" in said
    assert found(town, "chen", q="楼道灯", stage="all") == found(town, "wang", q="楼道灯", stage="all") == [case.number]


def test_numbers_lead_to_their_case(town: Town) -> None:
    case, _other = make_case(town), make_case(town)
    Case.objects.filter(pk=case.pk).update(external_number="SZ20260413007")
    for q in (case.number, case.number.lower(), str(case.serial), f"#{case.serial}", "SZ20260413007"):
        assert case.number in found(town, "chen", q=q), q
        assert found(town, "gao", q=q) == []
    assert found(town, "chen", q=case.number) == [case.number]


def test_what_cannot_be_looked_for_is_said(town: Town) -> None:
    for q, why in (
        ("，。", _("Type at least one character, letter or digit; signs alone cannot be looked for.")),
        ("灯" * 61, _("At most %(most)s characters can be looked for.") % {"most": 60}),
        ("a b c d e f", _("At most %(most)s words can be looked for at once.") % {"most": 5}),
        (
            "138 1234 5678",
            _("A telephone number is not looked for here. Callers are found on the search page, where each look is logged."),
        ),
    ):
        assert why in page(town, "chen", q=q)
    assert 'name="q"' in page(town, "chen")
    assert 'id="id_q"' not in page(town, "xu", q="楼道灯")  # who sees headers reads no words


def test_a_corrected_address_is_found_and_the_old_one_is_not(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    assert found(town, "chen", q="枫桥路12号") == [case.number]
    to = Correction(address="西环路88号院", unit_path=town.grid.path)
    usecases.correct_case(number=case.number, correction=to, note="地址写错了", by=town.shen, now=NOON)
    assert found(town, "chen", q="枫桥路12号") == []
    assert found(town, "chen", q="西环路88号") == found(town, "chen", q="楼道灯") == [case.number]


def test_a_rebuild_writes_what_is_missing(town: Town) -> None:
    case = make_case(town)
    there = set(CaseGram.objects.filter(subdistrict=STREET).values_list("gram", flat=True))
    CaseGram.objects.filter(subdistrict=STREET).delete()
    assert found(town, "chen", q="楼道灯") == []
    assert rebuild_grams(subdistrict_id=STREET) == (1, case.pk)
    assert rebuild_grams(subdistrict_id=STREET) == (1, case.pk)  # once more changes nothing
    assert set(CaseGram.objects.filter(subdistrict=STREET).values_list("gram", flat=True)) == there
    assert found(town, "chen", q="楼道灯") == [case.number]


def _all_pages(town: Town, who: str, filters: Filters, *, back: bool = False) -> list[int]:
    """Ids in the order of the list, page after page of four, forwards or from the end."""
    actor, ids = getattr(town, who), list[int]()
    seen = cases_saying(actor, filters, NOON, 4)
    for _turn in range(60):
        ids = [case.pk for case in seen.rows] + ids if back else ids + [case.pk for case in seen.rows]
        edge = seen.previous if back else seen.next
        if edge is None:
            return ids
        seen = cases_saying(
            actor, Filters(**{**filters.__dict__, "after": None, "before": None, "before" if back else "after": edge}), NOON, 4
        )
    raise AssertionError("the pages have no end")


@pytest.mark.parametrize("who", ["chen", "wang"])
@pytest.mark.parametrize("most", [3000, 5])
def test_the_pages_hold_each_case_once_either_way(most: int, who: str, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST", most)
    monkeypatch.setattr(words, "LOOKED_THROUGH", 7)
    texts = ("楼道灯坏了三天。", "井盖翘起来了。")
    copy_cases([make_case(town, stage=stage, text=text) for text in texts for stage in (Stage.HANDLING, Stage.CLOSED)], 60)
    for stage in ("", "all"):
        asked = Filters(stage=stage, words="井盖")
        ids = _all_pages(town, who, asked)
        rows = Case.objects.filter(subdistrict=STREET, text=texts[1], **({} if stage else {"is_open": True}))
        assert ids == list(rows.order_by("due_at", "id").values_list("pk", flat=True))
        known = cases_saying(getattr(town, who), asked, NOON).total
        assert known == (len(ids) if most == 3000 else None)
        from_the_end = Filters(**{**asked.__dict__, "before": (rows.order_by("-due_at")[0].due_at, 1 << 62)})
        assert _all_pages(town, who, from_the_end, back=True) == ids
