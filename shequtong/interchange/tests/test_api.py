"""The typed API: what a key reads and does, and how far."""

from typing import get_args

import pytest
from django.test import Client
from django.utils import timezone

from shequtong.audit.models import Entry, SecurityEvent
from shequtong.cases.lookups.lights import LIGHTS
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import handle_case, verify_case
from shequtong.cases.usecases.confirm_case import FINDINGS
from shequtong.cases.usecases.not_accept_case import REASONS
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.core.actors import SystemActor
from shequtong.core.refusals import Refusal
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.api import BASE, NEW, Caller
from shequtong.interchange.views.api import schemas
from shequtong.territory.models import Building, Unit
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def office(town: Town) -> Caller:
    """The precinct office by its own software: reads all, opens, makes the moves of its head."""
    return Caller(make_key(town.street, may="read,words,create,move,reporter", acts_as="precinct_head")[1])


@pytest.fixture
def police(town: Town) -> Caller:
    return Caller(make_key(town.street, may="read,move", acts_as="station_head", station=town.police)[1])


def test_the_words_of_the_document_are_those_of_our_tables() -> None:
    assert set(get_args(schemas.StageAsked)) == {"all", *Stage}
    assert set(get_args(schemas.Finding)) == set(FINDINGS)
    assert set(get_args(schemas.WhyNot)) == set(REASONS)
    assert set(get_args(schemas.UnitKind)) == set(Unit.Kind)
    assert set(get_args(schemas.LightAsked)) == set(LIGHTS)


class TestReading:
    def test_pages_follow_one_another_and_hold_each_case_once(self, office: Caller, town: Town) -> None:
        numbers = {make_case(town, stage=Stage.HANDLING).number for _time in range(5)}
        seen: list[str] = []
        after: dict[str, str] = {}
        for _page in range(3):
            page = office.get("cases", limit="2", **after).json()
            seen += [one["number"] for one in page["items"]]
            after = {"after": page["next"]}
        assert page["next"] is None
        assert sorted(seen) == sorted(numbers)

    def test_filters_are_those_of_the_queue(self, office: Caller, town: Town) -> None:
        handled, closed = make_case(town, stage=Stage.HANDLING).number, make_case(town, stage=Stage.CLOSED).number
        found = {
            asked: [one["number"] for one in office.get("cases", **dict([asked])).json()["items"]]
            for asked in (("stage", "handling"), ("stage", "closed"), ("under", town.other_grid.code), ("class_code", "none"))
        }
        assert list(found.values()) == [[handled], [closed], [], []]
        assert office.get("cases", stagee="closed").status_code == 422
        assert office.get("cases", under=town.next_grid.code).status_code == 404

    def test_times_have_their_zone_and_ids_are_text(self, office: Caller, town: Town) -> None:
        one = office.get(f"cases/{make_case(town, stage=Stage.HANDLING).number}").json()
        assert one["received_at"].endswith("+08:00")
        assert isinstance(one["station"], str)
        assert [step["move"] for step in one["steps"]]

    def test_words_need_their_right_and_are_never_those_of_a_confidential_case(self, office: Caller, town: Town) -> None:
        case = make_case(town, stage=Stage.HANDLING)
        plain = Caller(make_key(town.street, may="read")[1])
        assert office.get(f"cases/{case.number}").json()["told"]["text"] == case.text
        answer = plain.get(f"cases/{case.number}")
        assert answer.json()["told"] is None
        assert case.text not in answer.content.decode()
        assert {step["note"] for step in answer.json()["steps"]} == {None}
        Case.objects.filter(pk=case.pk).update(confidential=True)
        assert office.get(f"cases/{case.number}").json()["told"] is None

    def test_who_reported_is_told_with_the_right_and_logged_before(self, office: Caller, police: Caller, town: Town) -> None:
        number = office.made("cases", {**NEW, "reporter_name": "赵小燕", "reporter_phone": "13812345678"})["number"]
        assert "13812345678" not in office.get(f"cases/{number}").content.decode()
        answer = office.get(f"cases/{number}/reporter", reason="回访核对")
        assert answer.json() == {"name": "赵小燕", "phone": "13812345678"}
        assert answer["Cache-Control"] == "no-store"
        assert "ETag" not in answer
        noted = SecurityEvent.objects.get(kind="revealed")
        assert (noted.reason, noted.actor[:4]) == ("回访核对", "城市平台")
        assert police.get(f"cases/{number}/reporter", reason="回访核对").status_code == 404
        assert SecurityEvent.objects.filter(kind="revealed").count() == 1

    def test_a_case_out_of_reach_looks_like_none(self, town: Town, police: Caller) -> None:
        case = make_case(town, stage=Stage.HANDLING)
        next_street = Caller(make_key(town.next_street, may="read,words,move,reporter", acts_as="precinct_head")[1])
        absent = next_street.get("cases/SS-2026-999999-X")
        for path in (f"cases/{case.number}", f"cases/{case.number}/moves"):
            answer = next_street.get(path)
            assert (answer.status_code, answer.content) == (404, absent.content)
        assert next_street.get("cases").json()["items"] == []
        assert next_street.post(f"cases/{case.number}/moves/verify", {}).status_code == 404
        assert {one["number"] for one in police.get("cases").json()["items"]} == {
            one.number for one in Case.objects.filter(subdistrict=town.street.subdistrict_id, lead_station=town.police)
        }

    def test_standards_units_and_stations(self, office: Caller, town: Town) -> None:
        assert office.get("standards/L01").json()["standards"][0]["limit"]["amount"] >= 1
        page = office.get("standards", limit="3").json()
        assert len(page["items"]) == 3
        assert office.get("standards", after=page["next"], limit="100").json()["items"][0]["code"] > page["next"]
        units = office.get("units").json()["items"]
        assert town.grid.code in {one["code"] for one in units}
        assert town.next_grid.code not in {one["code"] for one in units}
        assert office.get(f"units/{town.next_grid.code}").status_code == 404
        assert office.get("units", kind="grid", under=town.community.code).json()["items"][0]["parent"] == town.community.code
        assert office.get(f"stations/{town.police.pk}").json()["code"] == town.police.code
        assert office.get(f"stations/{town.next_police.pk}").status_code == 404
        assert town.police.code in {one["code"] for one in office.get("stations").json()["items"]}

    def test_who_asks_again_is_told_that_nothing_changed(self, office: Caller, town: Town) -> None:
        number = make_case(town, stage=Stage.HANDLING).number
        etag = office.get(f"cases/{number}")["ETag"]
        again = Client().get(f"{BASE}/cases/{number}", headers=office.headers(**{"If-None-Match": etag}))
        assert (again.status_code, again.content) == (304, b"")
        assert Client().head(f"{BASE}/cases/{number}", headers=office.headers()).status_code == 200


class TestWriting:
    def test_a_case_from_its_opening_to_its_end(self, office: Caller, police: Caller, town: Town) -> None:
        number = office.made("cases", {**NEW, "reference": "WO-1"})["number"]
        assert office.get(f"cases/{number}").json()["reference"] == "WO-1"
        assert police.get(f"cases/{number}").status_code == 404
        office.made(f"cases/{number}/moves/register", {"row": 1})
        office.made(f"cases/{number}/moves/dispatch", {"station": str(town.police.pk)})
        offered = {one["move"]: one["is_open"] for one in police.get(f"cases/{number}/moves").json()["items"]}
        assert offered["accept"]
        police.made(f"cases/{number}/moves/accept", {})
        police.made(f"cases/{number}/moves/handle", {"note": "已劝离，恢复安静。"})
        office.made(f"cases/{number}/moves/verify", {"note": "看过了。"})
        office.made(f"cases/{number}/moves/answer", {"text": "已处理完毕，谢谢反映。"})
        made = office.made(f"cases/{number}/moves/close", {})
        assert made["stage"] == "closed"
        steps = list(Step.objects.order_by("number"))
        assert {step.actor[:4] for step in steps} == {"城市平台"}
        assert steps[-1].post == "片区办主任"
        assert Entry.objects.filter(what="cases.close", actor__startswith="城市平台").exists()

    def test_the_same_key_gets_the_first_answer_and_does_nothing(self, office: Caller, town: Town) -> None:
        first = office.post("cases", NEW, once="order-000001")
        again = office.post("cases", NEW, once="order-000001")
        assert (again.status_code, again.content) == (201, first.content)
        assert Case.objects.count() == 1
        other = office.post("cases", {**NEW, "text": "另一件事情。"}, once="order-000001")
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
        number = first.json()["number"]
        moved = [office.post(f"cases/{number}/moves/register", {"row": 1}, once="order-000002") for _time in range(2)]
        assert moved[0].content == moved[1].content
        assert Step.objects.filter(move="register").count() == 1
        stranger = Caller(make_key(town.street, may="create")[1])
        assert stranger.made("cases", NEW, once="order-000001")["number"] != number

    def test_the_same_key_with_another_place_is_no_second_case_and_a_repeat_outlives_the_place(self, town: Town) -> None:
        system = Caller(make_key(town.district, may="create")[1])
        told = {**NEW, "lon": None, "lat": None, "building": str(town.building.pk)}
        first = system.post("cases", told, once="order-000009")
        assert first.status_code == 201
        there = system.post("cases", {**told, "building": str(town.next_building.pk)}, once="order-000009")
        assert (there.status_code, there.json()["code"]) == (409, "idempotency_key_reused")
        Building.objects.update(ended_at=timezone.now())
        held.changed("territory")
        assert system.post("cases", told, once="order-000009").content == first.content
        assert Case.objects.count() == 1

    def test_another_system_does_not_judge_its_own_work_either(self, town: Town) -> None:
        case, one, other = make_case(town, stage=Stage.HANDLING), SystemActor("甲系统"), SystemActor("乙系统")
        handle_case(number=case.number, result="已处理", by=one, now=timezone.now())
        with pytest.raises(Refusal):
            verify_case(number=case.number, by=one, now=timezone.now())
        verify_case(number=case.number, by=other, now=timezone.now())

    def test_a_refused_write_leaves_its_key_free(self, office: Caller) -> None:
        refused = office.post("cases", {**NEW, "class_code": "none"}, once="order-000001")
        assert (refused.status_code, refused.json()["code"]) == (409, "CannotOpen")
        office.made("cases", NEW, once="order-000001")

    def test_what_the_stage_forbids_is_refused_in_words(self, office: Caller, town: Town) -> None:
        number = office.made("cases", NEW)["number"]
        answer = office.post(f"cases/{number}/moves/verify", {})
        assert answer.status_code == 409
        assert answer.json()["message"]
        assert Step.objects.count() == 1

    def test_a_key_without_the_right_opens_and_moves_nothing(self, office: Caller, town: Town) -> None:
        number = office.made("cases", NEW)["number"]
        reader = Caller(make_key(town.street, may="read")[1])
        assert reader.post("cases", NEW).status_code == 404
        assert reader.post(f"cases/{number}/moves/register", {"row": 1}).status_code == 404
        assert reader.get(f"cases/{number}/moves").json()["items"] == []
        assert Step.objects.count() == 1
        grid = Caller(make_key(town.community, may="create", may_report=False)[1])
        assert grid.post("cases", {**NEW, "lat": NEW["lat"] + 0.02}).status_code == 409  # type: ignore[operator]  # a number
