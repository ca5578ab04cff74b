"""The search box: a number leads to its case, words and places are found by groups, and nobody finds more than they may see."""

import pytest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases.catalogue import catalogue
from shequtong.cases.found import pieces
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.territory.address.normal import grams_of
from shequtong.territory.models import AddressGram, Unit
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/search/"


def asked(town: Town, who: str, q: str) -> HttpResponseBase:
    return signed_in(town.accounts[who]).get(ADDRESS, {"q": q})


def page(town: Town, who: str, q: str) -> str:
    answer = signed_in(town.accounts[who]).get(ADDRESS, {"q": q})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_whole_number_leads_to_its_case(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    typed = case.number.lower().replace("-", " ")
    for who in ("chen", "wang", "xu", "ma"):  # in full, or its header
        for q in (case.number, typed):
            assert asked(town, who, q).headers["Location"] == f"/desk/cases/{case.number}/", (who, q)
    for q in (case.number, case.number[:-1] + ("A" if case.number[-1] != "A" else "B")):
        said = page(town, "gao", q)
        assert case.title not in said
        assert f"/desk/cases/{case.number}/" not in said


def test_a_serial_alone_is_enough(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    for q in (str(case.serial), f"{case.serial:06d}"):
        assert case.title in page(town, "chen", q)
        header = page(town, "ma", q)
        assert case.number in header
        assert case.title not in header
        assert f"/desk/cases/{case.number}/" not in page(town, "gao", q)


@pytest.mark.parametrize("q", ["灯", "井盖", "井盖 翘起", "ABC", "abc", "100%"])
def test_words_of_one_and_two_characters_are_found(q: str, town: Town) -> None:
    case = make_case(town, text="楼道灯旁的井盖翘起来了，编号ABC，坏了100%。")
    make_case(town, text="树枝挡住了窗户，请修剪一下。")
    said = page(town, "chen", q)
    assert f'id="case-{case.number}"' in said
    assert said.count("<tr id=") == 1
    assert f"<mark>{q.split()[0]}</mark>" in said or q == "abc"
    for who in ("gao", "ma", "xu"):
        assert f"/desk/cases/{case.number}/" not in page(town, who, q), who


def test_all_words_must_be_there_and_signs_are_no_patterns(town: Town) -> None:
    case = make_case(town, text="楼道灯坏了三天，晚上老人上下楼不安全。")
    for q in ("井盖 楼道", "楼%灯", "楼_灯"):
        assert case.number not in page(town, "chen", q)
        assert _("Nothing fits “%(q)s”") % {"q": q} in page(town, "chen", q)
    for q in ("%", "_", "灯" * 61):
        refused = asked(town, "chen", q)
        assert refused.status_code == 422
        assert case.number not in refused.content.decode()  # type: ignore[attr-defined]  # a page, not a stream


def test_a_station_finds_words_in_its_own_cases_alone(town: Town) -> None:
    ours, theirs = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.REGISTERED)
    said = page(town, "wang", "楼道灯")
    assert ours.number in said
    assert theirs.number not in said


def test_words_lead_on_to_the_list(town: Town) -> None:
    old, new = make_case(town), make_case(town)
    said = page(town, "chen", "楼道灯")
    assert said.index(f'id="case-{new.number}"') < said.index(f'id="case-{old.number}"')
    assert "/desk/cases/?stage=all&amp;q=%E6%A5%BC%E9%81%93%E7%81%AF" in said


def test_places_and_addresses_lead_to_their_cases(town: Town) -> None:
    said = page(town, "chen", "馨泰")
    assert f"/desk/cases/?under={town.community.code}" in said
    assert f"/desk/cases/?under={town.grid.code}" in said
    here = {"subdistrict_id": town.building.subdistrict_id, "building": town.building}
    AddressGram.objects.bulk_create(AddressGram(**here, gram=gram) for gram in grams_of([town.building.address]))
    said = page(town, "chen", "枫桥路12号")
    assert f"/desk/cases/new/?building={town.building.pk}" in said
    assert f"/desk/cases/?under={town.grid.code}" in said
    clerk = page(town, "xu", "枫桥路12号")
    assert f"/desk/cases/?reach=all&amp;under={town.grid.code}" in clerk
    assert "/new/?building" not in clerk
    for q in ("馨泰", "枫桥路12号"):
        next_street = page(town, "gao", q)
        assert town.grid.code not in next_street
        assert str(town.building.pk) not in next_street


def test_the_box_stands_on_every_page_of_the_desk(town: Town) -> None:
    assert 'action="/desk/search/"' in signed_in(town.accounts["chen"]).get("/desk/cases/").content.decode()
    assert _("Type what you look for") in page(town, "chen", "")
    assert 'value="枫桥&lt;b&gt;"' in page(town, "chen", "枫桥<b>")


def test_a_place_by_its_initials(town: Town) -> None:
    Unit.objects.filter(pk=town.community.pk).update(pinyin="xin tai she qu")
    held.drop_all()
    assert f"/desk/cases/?under={town.community.code}" in page(town, "chen", "xtsq")
    assert f"/desk/cases/?under={town.community.code}" in page(town, "chen", "xintai")
    assert town.community.code not in page(town, "gao", "xtsq")


def test_a_place_is_named_in_the_readers_language_and_found_in_both(town: Town) -> None:
    Unit.objects.filter(pk=town.community.pk).update(name_en="Xintai Community")
    Unit.objects.filter(pk=town.grid.pk).update(name_en="Grid 1")
    held.drop_all()
    make_case(town)
    client = signed_in(town.accounts["chen"])
    client.cookies["django_language"] = "en"
    assert "Xintai Community Grid 1" in client.get("/desk/cases/").content.decode()
    whole = f"{town.community.name}{town.grid.name}"
    assert whole not in client.get("/desk/cases/").content.decode()
    for q in (whole, "xintai community grid"):
        assert f"/desk/cases/?under={town.grid.code}" in client.get(ADDRESS, {"q": q}).content.decode(), q
    assert whole in signed_in(town.accounts["chen"]).get("/desk/cases/").content.decode()


def test_classes_and_stations_are_found_and_a_telephone_is_said_to_be_sealed(town: Town) -> None:
    name = catalogue().classes[make_case(town).case_class_id].name
    said = page(town, "chen", name[:2])
    assert name in said
    assert "/desk/cases/?cls=" in said
    assert f"/desk/stations/{town.police.pk}/" in page(town, "chen", town.police.name)
    assert f"/desk/stations/{town.police.pk}/" not in page(town, "gao", town.police.name)
    typed = signed_in(town.accounts["xu"]).get("/desk/search/", {"q": "138 1234 5678"}, follow=True)
    assert typed.redirect_chain == [("/desk/search/?by=telephone", 302)]  # the number stays in no address
    assert _("Callers are not found by their telephone") in typed.content.decode()
    assert "/desk/people/?q=" in page(town, "chen", "陈立")


def test_what_was_found_is_marked_where_it_stands() -> None:
    text = "小区南门外的人行道上有一个井盖翘起来了，晚上看不见"
    assert [one.text for one in pieces(["井盖"], ("标题", text, "何山路15号")) if one.hit] == ["井盖"]
    assert [one.text for one in pieces(["何山", "15"], ("标题", text, "何山路15号")) if one.hit] == ["何山", "15"]
    assert pieces(["无"], ("标题", text, "")) == []
