"""The words explained (名词解释): one source, every code named on a page is there, figures are read, each word once a page and in its reader's wording."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from shequtong.access import roles
from shequtong.accounts.testing import signed_in
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import DEFAULT
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import set_stage_limit
from shequtong.cases.workflow import PUBLIC_STAGES, Stage
from shequtong.core.clock import wording
from shequtong.pages.glossary import RESIDENTS, STAFF, found, terms_of_page
from shequtong.testing.architecture.contracts import PACKAGE
from shequtong.testing.statements import Seen, count_statements
from shequtong.testing.town import NOON, TOWN_HALL, Town

pytestmark = pytest.mark.django_db
NAMED = re.compile(r'{% term(?:_sign)? "([a-z_-]+)" ')


def cost(seen: Seen) -> int:
    """How many statements, without the look whether shared tables changed, once a second."""
    return sum("core_revision" not in one.sql for one in seen.statements)


def words(page: bytes) -> list[str]:
    """What a page explains, by anchor."""
    return re.findall(r'class="term[^"]*" href="/glossary/#([a-z_-]+)"', page.decode())


def test_every_word_that_a_template_names_is_explained() -> None:
    named = {
        (code, "/desk/" if "/desk/" in path.as_posix() else "/r/")
        for path in PACKAGE.rglob("templates/**/*.html")
        for code in NAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 30
    assert [one for one in sorted(named) if terms_of_page(one[1]).tell(one[0]) is None] == []


def test_every_stage_and_every_role_is_explained() -> None:
    for stage in Stage:
        told = terms_of_page("/desk/").tell(f"stage-{stage}")
        assert told is not None
        assert told.name == str(stage.label)
        public = terms_of_page("/me/").tell(f"stage-{stage}")
        assert public is not None
        assert public.name == str(PUBLIC_STAGES[stage])
    for role in roles.table().roles:
        assert terms_of_page("/desk/").tell(f"role-{role}") is not None


def test_a_word_is_explained_once_a_page() -> None:
    page = terms_of_page("/desk/cases/")
    assert page.tell("due") is not None
    assert page.tell("due") is None
    assert page.tell("no-such-word") is None


def test_anchors_are_unlike() -> None:
    for groups in (STAFF, RESIDENTS):
        codes = [word.code for group in groups for word in group.words]
        assert len(codes) == len(set(codes))


def test_figures_are_those_in_force(town: Town) -> None:
    client = signed_in(town.accounts["chen"])
    before = client.get("/glossary/").content.decode()
    assert wording.limit_text(catalogue().stage_limit(Stage.INTAKE)) in before
    assert f"结案后{DEFAULT.reopen_days}天内" in before
    set_stage_limit(stage="intake", minutes=45, kind="work_hours", by=TOWN_HALL, now=NOON)
    after = client.get("/glossary/").content.decode()
    assert wording.limit_text(catalogue().stage_limit(Stage.INTAKE)) in after
    assert before != after


def test_who_reads_it_reads_their_own_words(town: Town) -> None:
    staff, resident = signed_in(town.accounts["chen"]), Client()
    assert 'id="send_back"' in staff.get("/glossary/").content.decode()
    assert 'id="key"' in staff.get("/glossary/?face=resident").content.decode()
    for client in (resident, signed_in(town.accounts["qian"])):
        page = client.get("/glossary/").content.decode()
        assert 'id="key"' in page
        assert 'id="send_back"' not in page
        assert "待签收" not in page
    with count_statements() as seen:
        resident.get("/glossary/")
    assert cost(seen) == 0
    with count_statements() as seen:
        staff.get("/glossary/")
    assert cost(seen) <= 2


def test_a_word_is_found_by_name_explanation_and_initials() -> None:
    def codes(said: str) -> set[str]:
        with override("zh-hans"):
            return {word.code for group in found(STAFF, said) for word in group.words}

    assert "suspend" in codes("挂账")
    assert "suspend" in codes("sqgz")  # 申请挂账
    assert codes("没有这样的词") == set()
    assert len(codes("")) == sum(len(group.words) for group in STAFF)
    page = Client().get("/glossary/?q=没有这样的词").content.decode()
    assert "全部词语" in page


def test_words_stand_on_the_pages_where_one_stumbles(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING, account_id=town.accounts["qian"].pk)
    wang = signed_in(town.accounts["wang"])
    told = words(wang.get(f"/desk/cases/{case.number}/").content)
    assert {"stage-handling", "lead_station", "standard", "limit"} <= set(told)
    assert len(told) == len(set(told))
    assert {"stage", "due", "class", "station"} <= set(words(wang.get("/desk/cases/").content))
    assert "due" in words(wang.get("/desk/").content)
    lin = signed_in(town.accounts["lin"])
    assert {"light-red", "light-amber", "stage-handling"} <= set(words(lin.get("/desk/").content))
    assert "handle" in words(wang.get(f"/desk/cases/{case.number}/handle/").content)
    assert "dispatch" in words(wang.get("/desk/flow/").content)
    assert "standard" in words(wang.get("/desk/standards/").content)
    matter = signed_in(town.accounts["qian"]).get(f"/r/{case.number}/")
    assert {"stage-handling", "promise", "station"} <= set(words(matter.content))
    assert "该管的单位正在办。" in matter.content.decode()


def test_no_word_stands_in_what_is_pressed_or_hidden(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    lin = signed_in(town.accounts["lin"])
    for address in ("/desk/", "/desk/cases/", f"/desk/cases/{case.number}/", f"/desk/cases/{case.number}/dispatch/"):
        page = lin.get(address).content.decode()
        for start in re.finditer(r'<a class="term', page):
            before = page[: start.start()]
            assert before.count("<a ") == before.count("</a>"), address
            assert before.count("<button") == before.count("</button>"), address
            assert before.rfind('="') < before.rfind(">"), address  # in no attribute
