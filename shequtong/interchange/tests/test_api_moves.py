"""The typed API: every move of the table that another system may make, from both sides of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shequtong.cases.models import Asking, Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import MOVES, Stage
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.api import NEW, Caller
from shequtong.interchange.views.api.moves import VERBS
from shequtong.organizations.models import Station
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
# Who makes these is no system: the reporter, time, or the opening of a case.
NOT_MADE = {"add", "withdraw", "join", "evaluate", "answer_question"} | {"remind", "escalate", "take_back", "auto_close"}
OPENING = {"intake", "self_handle"}


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


def _office(town: Town, role: str = "precinct_head") -> Caller:
    return Caller(make_key(town.street, may="read,words,create,move", acts_as=role)[1])


def _station(town: Town, station: Station) -> Caller:
    return Caller(make_key(town.street, may="read,move", acts_as="station_head", station=station)[1])


@pytest.fixture
def office(town: Town) -> Caller:
    return _office(town)


@pytest.fixture
def police(town: Town) -> Caller:
    return _station(town, town.police)


@pytest.fixture
def urban(town: Town) -> Caller:
    return _station(town, town.urban)


def _in_hand(town: Town) -> str:
    """A case the police have, told just now."""
    office, police = _office(town), _station(town, town.police)
    number: str = office.made("cases", NEW)["number"]
    office.made(f"cases/{number}/moves/register", {"row": 1})
    office.made(f"cases/{number}/moves/dispatch", {"station": str(town.police.pk)})
    police.made(f"cases/{number}/moves/accept", {})
    return number


def _offered(caller: Caller, number: str) -> dict[str, bool]:
    return {one["move"]: one["is_open"] for one in caller.get(f"cases/{number}/moves").json()["items"]}


def test_every_move_of_the_table_is_one_of_a_system_or_is_named_why_not() -> None:
    assert set(VERBS) | NOT_MADE | OPENING == set(MOVES)
    assert not set(VERBS) & (NOT_MADE | OPENING)


class TestTime:
    def test_an_extension_is_asked_by_one_system_and_granted_by_another(self, town: Town, office: Caller, police: Caller) -> None:
        number = _in_hand(town)
        before = police.get(f"cases/{number}").json()["due_at"]
        assert office.post(f"cases/{number}/moves/extend", {"note": "要等配件。"}).status_code == 404
        police.made(f"cases/{number}/moves/extend", {"note": "要等配件。"})
        assert _offered(office, number)["grant"]
        assert police.post(f"cases/{number}/moves/grant", {}).status_code == 404
        office.made(f"cases/{number}/moves/grant", {"note": "同意。"})
        assert police.get(f"cases/{number}").json()["due_at"] > before

    def test_a_suspension_ends_with_its_day_and_is_resumed(self, town: Town, office: Caller, police: Caller) -> None:
        number, day = _in_hand(town), timezone.localdate() + timedelta(days=9)
        police.made(f"cases/{number}/moves/suspend", {"note": "要等汛期过去。", "until": day.isoformat()})
        until = Asking.objects.get().until
        assert until is not None
        assert timezone.localtime(until).isoformat()[:19] == f"{day}T23:59:59"
        office.made(f"cases/{number}/moves/grant", {})
        assert Case.objects.get().paused == "suspended"
        assert not _offered(police, number)["handle"]
        office.made(f"cases/{number}/moves/resume", {"note": "可以继续了。"})
        assert Case.objects.get().paused == ""

    @pytest.mark.parametrize("until", ["2026-02-31", "tomorrow", 86400, "1700000000", "2026-12-01T00:00:00"])
    def test_a_day_is_written_out(self, town: Town, police: Caller, until: object) -> None:
        number = _in_hand(town)
        answer = police.post(f"cases/{number}/moves/suspend", {"note": "要等。", "until": until})
        assert answer.status_code == 422
        said = [(one["field"], one["message"]) for one in answer.json()["fields"]]
        assert said == [("until", "This must be a day, as 2026-12-31.")]

    def test_a_system_does_not_grant_what_it_asked_for(self, town: Town, office: Caller, police: Caller) -> None:
        number = _in_hand(town)
        police.made(f"cases/{number}/moves/extend", {"note": "要等配件。"})
        Asking.objects.update(asked_by=_name(office))
        assert office.post(f"cases/{number}/moves/grant", {}).json()["code"] == "CannotDecideAsking"

    def test_a_key_grants_only_what_the_flow_gives_its_post(
        self, town: Town, police: Caller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = _in_hand(town)
        police.made(f"cases/{number}/moves/extend", {"note": "要等配件。"})
        monkeypatch.setattr("shequtong.cases.flow.Rules.approvers", lambda _self, _kind: ("precinct_head",), raising=True)
        assert _office(town, "dispatcher").post(f"cases/{number}/moves/grant", {}).status_code == 409
        _office(town).made(f"cases/{number}/moves/grant", {})


def _name(caller: Caller) -> str:
    """How the system of this caller stands in traces."""
    number = caller.made("cases", NEW)["number"]
    return Step.objects.get(case=Case.objects.numbered(number).get()).actor


class TestBetweenStations:
    def test_help_is_asked_for_taken_on_and_answered(self, town: Town, police: Caller, urban: Caller) -> None:
        number = _in_hand(town)
        assert urban.get(f"cases/{number}/moves").status_code == 404
        police.made(f"cases/{number}/moves/assist", {"station": str(town.urban.pk), "note": "请清理现场。"})
        assert _offered(urban, number) == {"take_assist": True, "answer_assist": True}
        urban.made(f"cases/{number}/moves/take_assist", {})
        assert _offered(urban, number) == {"answer_assist": True}
        assert police.post(f"cases/{number}/moves/answer_assist", {"done": True, "note": "代答。"}).status_code in (404, 409)
        urban.made(f"cases/{number}/moves/answer_assist", {"done": True, "note": "已清理。"})
        assert Case.objects.get().assisting_open == 0

    def test_a_case_is_handed_over_refused_and_taken(self, town: Town, police: Caller, urban: Caller) -> None:
        number, there = _in_hand(town), {"station": str(town.urban.pk), "note": "属城管管辖。"}
        police.made(f"cases/{number}/moves/hand_over", there)
        assert _offered(urban, number) == {"take_over": True, "refuse_over": True}
        urban.made(f"cases/{number}/moves/refuse_over", {"note": "不属于我们。"})
        police.made(f"cases/{number}/moves/hand_over", there)
        police.made(f"cases/{number}/moves/call_off", {"what": "offer", "note": "弄错了。"})
        police.made(f"cases/{number}/moves/hand_over", there)
        urban.made(f"cases/{number}/moves/take_over", {})
        assert Case.objects.get().lead_station_id == town.urban.pk
        assert police.post(f"cases/{number}/moves/handle", {"note": "已处理。"}).status_code == 404

    def test_people_are_told_to_their_own_station_alone(self, town: Town, police: Caller, urban: Caller, office: Caller) -> None:
        path = f"stations/{town.police.pk}/people"
        assert isinstance(police.get(path).json()["items"], list)
        assert [one.get(path).status_code for one in (urban, office)] == [404, 404]
        number = _in_hand(town)
        assert police.post(f"cases/{number}/moves/assign", {"person": "999999"}).status_code == 409

    def test_a_key_without_a_station_has_no_sub_task(self, town: Town, office: Caller) -> None:
        assert office.post(f"cases/{_in_hand(town)}/moves/take_assist", {}).status_code == 404


class TestOversight:
    def test_an_urging_waits_for_its_reply(self, town: Town, office: Caller, police: Caller) -> None:
        number = _in_hand(town)
        assert "reply_urge" not in _offered(police, number)
        office.made(f"cases/{number}/moves/urge", {"note": "请今天办完。"})
        assert _offered(police, number)["reply_urge"]
        police.made(f"cases/{number}/moves/reply_urge", {"note": "今天办完。"})
        assert "reply_urge" not in _offered(police, number)

    def test_the_level_of_an_urging_is_that_of_the_post(self, town: Town, office: Caller) -> None:
        number = _in_hand(town)
        _office(town, "subdistrict_supervisor").made(f"cases/{number}/moves/urge", {"note": "请今天办完。"})
        assert Step.objects.get(move="urge").details["level"] == 2

    def test_two_cases_become_one_and_two_again(self, town: Town, office: Caller) -> None:
        one, other = (office.made("cases", NEW)["number"] for _time in range(2))
        merged = office.made(f"cases/{one}/moves/merge", {"into": other, "note": "同一件事。"})
        assert merged["stage"] == "merged"
        assert office.made(f"cases/{one}/moves/unmerge", {"note": "不是同一件事。"})["stage"] == "intake"
        assert office.post(f"cases/{one}/moves/merge", {"into": one, "note": "同一件事。"}).status_code == 409

    def test_a_class_and_a_place_are_put_right(self, town: Town, office: Caller) -> None:
        number = office.made("cases", NEW)["number"]
        office.made(f"cases/{number}/moves/correct", {"class_code": "L02", "note": "类别有误。"})
        assert office.get(f"cases/{number}").json()["class_code"] == "L02"
        assert office.post(f"cases/{number}/moves/correct", {"note": "类别有误。"}).status_code == 409

    def test_a_call_back_is_the_evaluation(self, town: Town, office: Caller) -> None:
        number = make_case(town, stage=Stage.CLOSED).number
        answer = office.post(f"cases/{number}/moves/call_back", {"reached": True, "solved": True, "score": 5, "note": "满意"})
        assert answer.status_code == 201, answer.content.decode()
        assert office.post(f"cases/{number}/moves/call_back", {"reached": True, "score": 9}).status_code == 422
        assert office.post(f"cases/{number}/moves/call_back", {"reached": "yes"}).status_code == 422
