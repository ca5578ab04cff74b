"""The acceptance slip: number, promise and code are on it, the key only when given, and nobody's name or telephone."""

from datetime import timedelta

import pytest
import segno
from django.utils.translation import gettext, override

from shequtong.access.testing import make_anonymous
from shequtong.cases import paper
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.tests.paper import pages_of, tight, words_of
from shequtong.cases.workflow import Stage
from shequtong.core.clock import wording
from shequtong.core.places import place
from shequtong.testing.town import MORNING, Town
from shequtong.ui.paper import Sheet, render

ADDRESS = "https://sqt.example.cn/r/"


def sheet_of(town: Town, case: Case, key: str = "") -> Sheet:
    """As the window prints it."""
    return paper.slip(case, address=ADDRESS + case.number, key=key, by=town.shen, now=MORNING)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_says_what_where_when_and_what_is_promised(town: Town, language: str) -> None:
    case = make_case(town)
    with override(language):
        pages = pages_of(render(sheet_of(town, case), at=MORNING))
        due = wording.moment_text(case.due_at, place(case.subdistrict_id).zone)
        assert tight(gettext("Acceptance slip")) in pages[0]
    assert len(pages) == 1
    for words in (case.number, "枫桥路12号3幢", "馨泰片区综治网格化管理办公室", due, "12345", "狮山街道", "沈明"):
        assert tight(words) in pages[0]


def test_names_nobody_and_repeats_none_of_their_words(town: Town) -> None:
    case = make_case(town)
    words = words_of(render(sheet_of(town, case), at=MORNING)).replace(tight(case.number), "")  # any digits may stand in it
    for personal in ("赵", "1381234", "138*", "5678", "楼道灯", "老人"):
        assert personal not in words


def test_carries_the_key_only_when_it_is_given(town: Town) -> None:
    case = make_case(town)
    assert case.reporter is not None
    key = case.reporter.key.reveal()
    assert key in words_of(render(sheet_of(town, case, key), at=MORNING))
    assert key not in words_of(render(sheet_of(town, case), at=MORNING))


def test_the_code_leads_to_the_public_page(town: Town) -> None:
    case = make_case(town)
    matrix = segno.make(ADDRESS + case.number, error="q", micro=False).matrix
    assert sheet_of(town, case).data["qr"] == ["".join(map(str, row)) for row in matrix]


def test_a_dispatched_case_names_its_station_and_day(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    words = words_of(render(sheet_of(town, case), at=MORNING))
    assert "狮山公安" in words
    assert tight(wording.moment_text(case.promised_at, place(case.subdistrict_id).zone)) in words


def test_a_residents_own_print_says_only_when(town: Town) -> None:
    slip = paper.slip(make_case(town), address=ADDRESS, key="", by=make_anonymous(), now=MORNING + timedelta(hours=1))
    with override("zh-hans"):
        assert slip.data["frame"]["printed"] == gettext("Printed %(moment)s") % {"moment": "2026-04-13 10:00"}


def test_a_long_address_stays_on_one_page(town: Town) -> None:
    case = make_case(town)
    Case.objects.filter(pk=case.pk).update(address="枫桥路" * 50)
    case.refresh_from_db()
    assert len(pages_of(render(sheet_of(town, case, "ABCD2345"), at=MORNING))) == 1
