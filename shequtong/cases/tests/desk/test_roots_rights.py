"""Root-cause projects: who may open, report, change and end one; the next street never, a station what it leads."""

import pytest
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.testing import make_case, make_root
from shequtong.cases.tests.desk.test_roots import page
from shequtong.cases.usecases._roots import CannotChangeRoot
from shequtong.core.refusals import Forbidden
from shequtong.testing.town import Town


def test_the_next_street_and_who_only_sees_may_do_nothing(town: Town) -> None:
    root = make_root(town)
    here = f"/desk/roots/{root.pk}/"
    gao = signed_in(town.accounts["gao"])
    assert here not in gao.get("/desk/roots/?state=all").content.decode()
    for address in (here, f"{here}measures/", f"{here}lead/", f"{here}give_up/", f"/desk/cases/{make_case(town).number}/cure/"):
        assert gao.get(address).status_code == 404, address
    now = timezone.now()
    with pytest.raises(Forbidden):
        usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.gao, now=now)
    with pytest.raises(Forbidden):
        usecases.give_up_root(root_id=root.pk, reason="不再需要", by=town.gao, now=now)
    with pytest.raises(Forbidden):
        make_root(town, by=town.gao)
    with pytest.raises(Forbidden):
        usecases.give_up_root(root_id=root.pk, reason="不再需要", by=town.wang, now=now)
    with pytest.raises(Forbidden):
        usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.zhou, now=now)


def test_a_precinct_makes_no_project_of_the_whole_street(town: Town) -> None:
    with pytest.raises(Forbidden):
        make_root(town, place=f"4{town.street.path}")
    assert make_root(town, place=f"4{town.street.path}", by=town.supervisor).place_name == "狮山街道"
    for nowhere in ("0", "0x", "9320505/", f"3{town.grid.path}", f"4{town.next_street.path}", f"0{town.next_building.pk}"):
        with pytest.raises(Forbidden):
            make_root(town, place=nowhere, by=town.supervisor)


def test_what_is_over_is_changed_no_more(town: Town) -> None:
    root, now = make_root(town), timezone.now()
    usecases.give_up_root(root_id=root.pk, reason="小区整体搬迁", by=town.chen, now=now)
    with pytest.raises(CannotChangeRoot):
        usecases.report_measures(root_id=root.pk, words="线路已更换。", by=town.wang, now=now)
    assert signed_in(town.accounts["chen"]).get(f"/desk/roots/{root.pk}/lead/").status_code == 404
    assert "小区整体搬迁" in page(town, "chen", f"/desk/roots/{root.pk}/")


def test_the_lead_changes_with_a_reason(town: Town) -> None:
    root = make_root(town)
    told = {"lead": town.urban.pk, "person": "周涛", "target_day": root.target_day.isoformat(), "reason": "属城管职责"}
    assert signed_in(town.accounts["chen"]).post(f"/desk/roots/{root.pk}/lead/", told).status_code == 302
    root.refresh_from_db()
    assert (root.lead_id, root.person) == (town.urban.pk, "周涛")
    assert signed_in(town.accounts["wang"]).get(f"/desk/roots/{root.pk}/").status_code == 404
    assert "属城管职责" in page(town, "zhou", f"/desk/roots/{root.pk}/")
