"""The pages of the standards: found by tree and words, edited, compared and published; a workbook in, a workbook out."""

import re
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from shequtong.audit.models import Entry
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import CaseStandard, StandardBatch
from shequtong.cases.standards.findings import Why
from shequtong.cases.standards.reading import read_table
from shequtong.cases.standings import preview_of
from shequtong.cases.tests.standards.books import book
from shequtong.core.submissions import FIELD
from shequtong.testing.town import Town

HEAD = ("大类代码", "大类名称", "小类代码", "小类名称", "立案条件", "处置时限", "结案条件")
TABLE = (
    "部件",
    [
        HEAD,
        ("01", "公用设施", "01", "上水井盖", "缺失、移位", "2紧急工作时(制止)", "恢复"),
        ("", "", "", "", "破损", "4小时", "修复"),
        ("", "", "02", "污水井盖", "缺失", "尽快", "补齐"),
    ],
)


@pytest.fixture
def desk(town: Town, client: Client) -> Client:
    """The desk of the subdistrict's supervisor."""
    client.force_login(town.accounts["supervisor"])
    return client


def key_of(page: str) -> str:
    found = re.search(rf'name="{FIELD}" value="([^"]+)"', page)
    assert found
    return found[1]


def value_of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def send_in(desk: Client, *sheets: tuple[str, Sequence[Sequence[str]]]) -> str:
    page = desk.get("/desk/standards/import/").content.decode()
    file = SimpleUploadedFile("标准.xlsx", book(*sheets))
    answer = desk.post("/desk/standards/import/", {FIELD: key_of(page), "file": file})
    assert answer.status_code == 302
    return str(answer["Location"])


def publish(desk: Client, batch: str) -> str:
    page = desk.get(batch).content.decode()
    told = {FIELD: key_of(page), "fingerprint": value_of(page, "fingerprint")}
    answer = desk.post(f"{batch}publish/", told, follow=True)
    assert desk.post(f"{batch}publish/", told).status_code == 302  # sent twice, done once
    return answer.content.decode()


def test_a_workbook_is_shown_with_its_faults_and_published(desk: Client) -> None:
    batch = send_in(desk, TABLE)

    page = desk.get(batch).content.decode()
    assert "尽快" in page
    assert "F 处置时限" in page
    assert preview_of(StandardBatch.objects.get()).findings[0].why is Why.LIMIT
    assert "上水井盖" in desk.get(batch, {"show": "new"}).content.decode()

    assert _("The standards are published. Open cases keep the versions they were registered under.") in publish(desk, batch)
    assert [one.limit_note for one in catalogue().by_code["C0101"].standards] == ["制止", ""]
    assert "C0102" not in catalogue().by_code
    assert CaseStandard.objects.filter(case_class__code="C0101").count() == 2


def test_what_is_no_workbook_comes_back_with_the_reason(desk: Client) -> None:
    page = desk.get("/desk/standards/import/").content.decode()
    answer = desk.post("/desk/standards/import/", {FIELD: key_of(page), "file": SimpleUploadedFile("标准.xlsx", b"x,y")})
    assert answer.status_code == 422
    assert _("The file is no .xlsx workbook. Open it, save it as .xlsx, and send that.") in answer.content.decode()


def test_an_edit_is_looked_at_field_by_field_and_then_holds(desk: Client) -> None:
    path = "/desk/standards/class/0101/edit/"
    page = desk.get(path).content.decode()
    assert "2紧急工作时" in page
    told = {
        FIELD: key_of(page),
        "name": "井盖缺损",
        "kind": "component",
        "tree": "city_management",
        "group_code": "01",
        "group_name": "公用设施",
        "lead": "housing",
        "lead_basis": "新办法第三条",
        "assist": ["police"],
        "rows-TOTAL_FORMS": "2",
        "rows-INITIAL_FORMS": "1",
        "rows-0-row": "1",
        "rows-1-row": "",
        "rows-0-register_condition": "井盖缺失",
        "rows-0-limit": "一小时",
        "rows-0-close_condition": "恢复",
        "rows-1-register_condition": "井盖破损",
        "rows-1-limit": "1天（修复）",
        "rows-1-close_condition": "修复",
    }
    wrong = desk.post(path, {**told, "rows-0-limit": "尽快"})
    assert wrong.status_code == 422
    assert _("The limit has no number, e.g. “4 office hours” is one.") in wrong.content.decode()

    batch = str(desk.post(path, told)["Location"])
    changed = desk.get(batch, {"show": "changed"}).content.decode()
    assert "<del>2</del>" in changed
    assert "<ins>1</ins>" in changed
    assert "新办法第三条" in desk.get(batch, {"show": "duties"}).content.decode()
    publish(desk, batch)

    page = desk.get("/desk/standards/class/0101/").content.decode()
    assert "新办法第三条" in page
    assert "井盖破损" in page
    compared = desk.get("/desk/standards/class/0101/compare/", {"row": "1"}).content.decode()
    assert "<ins>井盖缺失</ins>" in compared
    assert desk.get("/desk/standards/class/0101/compare/", {"old": "7", "new": "x"}).status_code == 200


def test_withdrawing_every_condition_ends_the_class(desk: Client) -> None:
    path = "/desk/standards/class/T01/edit/"
    page = desk.get(path).content.decode()
    told = {
        FIELD: key_of(page),
        "name": "交通出行",
        "kind": "matter",
        "tree": "safety",
        "lead": "traffic_police",
        "lead_basis": "办法",
        "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "1",
        "rows-0-row": "1",
        "rows-0-ends": "on",
        "rows-0-register_condition": "停车",
        "rows-0-limit": "3工作日",
        "rows-0-close_condition": "答复",
    }
    publish(desk, str(desk.post(path, told)["Location"]))
    assert catalogue().by_code["T01"].ended
    assert "class/T01/" not in desk.get("/desk/standards/", {"q": "T01"}).content.decode()


def test_the_examples_are_one_batch_and_the_list_finds_them(desk: Client) -> None:
    page = desk.get("/desk/standards/import/").content.decode()
    batch = str(desk.post("/desk/standards/examples/", {FIELD: key_of(page)})["Location"])
    publish(desk, batch)

    assert "上水井盖" in desk.get("/desk/standards/").content.decode()
    found = desk.get("/desk/standards/", {"q": "电梯困人"}).content.decode()
    assert "S0401" in found
    assert "C0101" not in found
    assert desk.get("/desk/standards/", {"tree": "governance", "kind": "component"}).status_code == 200


def test_the_table_taken_out_changes_nothing_when_it_comes_back(desk: Client) -> None:
    page = desk.get("/desk/standards/").content.decode()
    answer = desk.post("/desk/standards/export/", {FIELD: key_of(page)})

    assert len(read_table(answer.content).lines) == 10
    assert Entry.objects.get(what="cases.export_standards").facts["rows"] == 10
    page = desk.get("/desk/standards/import/").content.decode()
    sent = {FIELD: key_of(page), "file": SimpleUploadedFile("标准.xlsx", answer.content), "complete": ["matter"]}
    batch = str(desk.post("/desk/standards/import/", sent)["Location"])
    assert preview_of(StandardBatch.objects.get()).changes_something is False
    assert 'name="fingerprint"' not in desk.get(batch).content.decode()


def test_a_batch_looked_at_before_another_was_published_is_refused(desk: Client) -> None:
    first = send_in(desk, TABLE)
    page = desk.get(first).content.decode()
    other = ("部件", [HEAD, ("01", "公用设施", "01", "上水井盖", "缺失、移位", "9工作时", "恢复")])
    publish(desk, send_in(desk, other))

    answer = desk.post(f"{first}publish/", {FIELD: key_of(page), "fingerprint": value_of(page, "fingerprint")})
    assert answer.status_code == 422
    assert (
        _("The standards have changed since you looked at this batch. Look at it again, then publish.") in answer.content.decode()
    )


def test_absent_and_forbidden_look_the_same(town: Town, desk: Client, client: Client) -> None:
    assert desk.get("/desk/standards/class/Z9/").status_code == 404
    assert desk.get("/desk/standards/batches/7/").status_code == 404


@pytest.mark.parametrize("name", ["chen", "xu", "wang"])
def test_who_works_with_cases_looks_and_changes_nothing(town: Town, client: Client, name: str) -> None:
    client.force_login(town.accounts[name])
    for path in (
        "/desk/standards/",
        "/desk/standards/?q=0101",
        "/desk/standards/class/0101/",
        "/desk/standards/class/0101/compare/",
    ):
        page = client.get(path).content.decode()
        assert "0101" in page
        main = page.split("<main")[1]
        assert set(re.findall(r'<form method="post" action="([^"]*)"', main)) <= {"/desk/calendars/later/"}
        assert "/edit/" not in main
        assert "/import/" not in main
    for path in ("new/", "import/", "class/0101/edit/"):
        assert client.get(f"/desk/standards/{path}").status_code == 404
    for path in ("export/", "examples/", "new/", "import/"):
        assert client.post(f"/desk/standards/{path}").status_code == 404


def test_pages_cost_a_handful_of_statements_however_many_classes(desk: Client) -> None:
    page = desk.get("/desk/standards/import/").content.decode()
    batch = str(desk.post("/desk/standards/examples/", {FIELD: key_of(page)})["Location"])
    publish(desk, batch)
    for path in (
        "/desk/standards/",
        "/desk/standards/class/C0101/",
        "/desk/standards/class/C0101/edit/",
        batch,
        "/desk/standards/import/",
    ):
        desk.get(path)
        with CaptureQueriesContext(connection) as statements:
            assert desk.get(path).status_code == 200
        assert len(statements) <= 8, (path, [each["sql"][:80] for each in statements])
