"""The pages before a case is registered, and of what staff settle on the spot: through the forms that staff see."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.files.models import Blob
from shequtong.files.testing import photo, upload
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


def send(client: Client, address: str, **data: object) -> Any:
    """Open the page, fill the form, press."""
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    found = re.search(r'name="submit_key" value="([^"]+)"', page.content.decode())
    assert found is not None
    return client.post(address, {"submit_key": found[1], **data})


def test_a_held_report_is_read_and_admitted(town: Town) -> None:
    case = make_case(town, stage=Stage.HELD, held=("anonymous",))
    shen = signed_in(town.accounts["shen"])
    page = shen.get(f"/desk/cases/{case.number}/admit/").content.decode()
    assert case.text in page
    assert _("Nobody says who told it.") in page

    assert send(shen, f"/desk/cases/{case.number}/admit/", note="").status_code == 302

    case.refresh_from_db()
    assert case.stage == Stage.INTAKE


def test_who_looks_says_what_is_there_with_a_photo_and_who_registers_reads_it(town: Town) -> None:
    case = make_case(town, stage=Stage.CONFIRMATION, cls="0101")
    sun, shen = signed_in(town.accounts["sun"]), signed_in(town.accounts["shen"])
    address = f"/desk/cases/{case.number}/confirm/"
    assert send(sun, address, finding="", note="井盖翘起").status_code == 422

    assert send(sun, address, finding="exists", note="井盖翘起约三公分", photos=upload(photo("looked"))).status_code == 302

    assert Blob.objects.filter(subdistrict=case.subdistrict_id, owner_id=case.pk).count() == 1
    said = shen.get(f"/desk/cases/{case.number}/register/").content.decode()
    assert "井盖翘起约三公分" in said
    assert send(shen, f"/desk/cases/{case.number}/register/", note="").status_code == 302


def test_a_report_that_is_not_accepted_tells_why(town: Town) -> None:
    case = make_case(town, account_id=town.accounts["qian"].pk)
    shen, qian = signed_in(town.accounts["shen"]), signed_in(town.accounts["qian"])
    address = f"/desk/cases/{case.number}/not_accept/"
    assert send(shen, address, why="", note="请向区住建局反映").status_code == 422

    assert send(shen, address, why="not_ours", note="请向区住建局反映").status_code == 302

    assert "请向区住建局反映" in qian.get(f"/r/{case.number}/").content.decode()


def test_what_is_settled_on_the_spot_is_one_form_and_somebody_else_reviews_it(town: Town) -> None:
    he, shen = signed_in(town.accounts["he"]), signed_in(town.accounts["shen"])
    address = f"/desk/cases/self_handle/?building={town.building.pk}"
    found = {"building": town.building.pk, "cls": "0101", "text": "人行道井盖移位", "done": "已复位并盖好"}
    assert send(he, address, **found).status_code == 422  # no photo after

    done = send(he, address, **found, photos=upload(photo("before")), after=upload(photo("after")))

    assert done.status_code == 302
    case = Case.objects.get(self_handled=True)
    labels = Blob.objects.filter(subdistrict=case.subdistrict_id, owner_id=case.pk).values_list("label", flat=True)
    assert sorted(labels) == ["after", "before"]
    assert send(shen, f"/desk/cases/{case.number}/review/", valid="yes", note="照片清楚").status_code == 302
    case.refresh_from_db()
    assert case.stage == Stage.CLOSED
