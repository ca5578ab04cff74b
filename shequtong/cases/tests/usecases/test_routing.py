"""Why a case went where it went: kept with the step that an automatic rule made, said in words, and the same in a trial."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases import routing, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.trial import Pasted, try_out
from shequtong.cases.models import Case, CaseStandard, Step
from shequtong.cases.routed_shown import why_told
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.publish_flow import publish_flow
from shequtong.cases.usecases.wake_cases import wake_cases
from shequtong.cases.views.moves.dispatching import suggested_station
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.core.actors import SystemActor
from shequtong.organizations.models import Station
from shequtong.organizations.stations import REVISION
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, Town
from shequtong.triage.testing import invented_weights, suggesting

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("Clock")
TRIAL = "/desk/flow/trial/"


def why(case: Case, move: str) -> dict[str, dict[str, Any]]:
    """The findings of the last step of a move, by what was asked."""
    step = Step.objects.filter(case=case, move=move).latest("number")
    return {one["asked"]: one for one in step.details["routed"]}


def said(case: Case, move: str) -> str:
    step = Step.objects.filter(case=case, move=move).latest("number")
    return " ".join(told.sentence + " ".join(told.passed) for told in why_told(step))


class TestIntake:
    def test_the_building_the_look_and_the_first_stage_are_kept_with_their_rules(self, town: Town) -> None:
        case = make_case(town)
        found = why(case, "intake")
        assert found["place"]["rule"] == "building"
        assert found["place"]["values"] == {"unit": case.unit_id, "building": case.building_id}
        assert ["unit", town.community.pk, "larger"] in found["place"]["passed"]
        assert found["stage"]["values"]["stage"] == case.stage
        assert town.grid.name in said(case, "intake")

    def test_a_point_is_found_by_the_boundary_around_it(self, town: Town) -> None:
        case = make_case(town, building_id=None, point=(town.building.lon, town.building.lat))
        assert why(case, "intake")["place"]["rule"] == "boundary"
        assert f"{town.building.lon:.6f}" in said(case, "intake")

    def test_what_the_standard_asks_and_what_the_flow_excepts_are_told_apart(self, town: Town) -> None:
        CaseStandard.objects.update(confirm_required=True)
        held.changed("cases.catalogue")
        case, skipped = make_case(town, stage=Stage.CONFIRMATION), make_case(town, channel="phone")
        assert (case.stage, why(case, "intake")["stage"]["rule"]) == (Stage.CONFIRMATION, "confirmation")
        assert (skipped.stage, why(skipped, "intake")["stage"]["rule"]) == (Stage.INTAKE, "confirmation_skipped")

    def test_history_decided_nothing_here(self, town: Town) -> None:
        case = make_case(town, is_history=True)
        assert Step.objects.get(case=case).details == {}


class TestDispatch:
    def test_who_was_proposed_on_what_basis_and_who_else(self, town: Town) -> None:
        case = make_case(town, stage=Stage.REGISTERED)
        proposed, kind = suggested_station(case), catalogue().classes[case.case_class_id]
        usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=timezone.now())
        found = why(case, "dispatch")["station"]
        assert found["rule"] == "duty_list"
        assert found["values"] == {
            "class": kind.id,
            "path": case.place_path,
            "agency": kind.lead_agency,
            "proposed": proposed,
            "named": town.police.pk,
        }

    def test_another_one_named_than_proposed_is_told(self, town: Town) -> None:
        case = make_case(town, stage=Stage.REGISTERED)
        other = next(
            one for one in Station.objects.order_by("pk") if one.pk != suggested_station(case) and one.subdistrict_id == STREET
        )
        usecases.dispatch_case(number=case.number, to=other.pk, by=town.lin, now=timezone.now())
        assert _("The dispatcher named %(station)s.") % {"station": other.name} in said(case, "dispatch")

    def test_an_agency_without_a_station_there_is_told_as_that(self, town: Town) -> None:
        case = make_case(town, stage=Stage.REGISTERED)
        agency = catalogue().classes[case.case_class_id].lead_agency
        Station.objects.filter(agency=agency).update(ended_at=timezone.now())
        held.changed(REVISION)
        kind = catalogue().classes[case.case_class_id]
        lead = routing.lead_for(kind, case.place_path, case.subdistrict_id)
        assert (lead.station, lead.finding.rule) == (None, "no_station")


class TestClock:
    def test_each_window_is_named_with_its_moments_and_the_version_of_the_flow(self, town: Town) -> None:
        publish_flow(
            subdistrict_id=STREET, document={"windows": {"accept_minutes": 60}}, note="", by=town.supervisor, now=timezone.now()
        )
        case = make_case(town, stage=Stage.DISPATCHED)
        by = case.accept_by
        wake_cases(subdistrict_id=STREET, by=CLOCK, now=by)
        found = why(case, "take_back")["clock"]["values"]
        assert (found["flow"], found["until"]) == (1, by.isoformat())
        assert "1" in said(case, "take_back")

    def test_reminded_and_escalated(self, town: Town) -> None:
        case = make_case(town, stage=Stage.HANDLING)
        wake_cases(subdistrict_id=STREET, by=CLOCK, now=case.amber_at)
        wake_cases(subdistrict_id=STREET, by=CLOCK, now=case.due_at)
        assert why(case, "remind")["clock"]["values"]["due"] == case.due_at.isoformat()
        late = why(case, "escalate")["clock"]
        assert (late["values"]["level"], late["values"]["hours"]) == (1, 0)
        assert [one[:2] for one in late["passed"]] == [["level", 2], ["level", 3]]
        assert "72" in said(case, "escalate")

    def test_what_people_decide_says_why_in_their_note(self, town: Town) -> None:
        case = make_case(town, stage=Stage.HANDLING)
        usecases.ask_reporter(number=case.number, text="请问是哪一层?", by=town.wang, now=timezone.now())
        usecases.resume_case(number=case.number, by=town.chen, now=timezone.now() + timedelta(minutes=1), note="已电话问清")
        assert "routed" not in Step.objects.filter(case=case, move="resume").latest("number").details

    def test_a_later_rule_that_is_not_known_here_is_named_by_its_key(self, town: Town) -> None:
        case = make_case(town)
        step = Step.objects.get(case=case, number=1)
        step.details = {"routed": [{"asked": "weather", "rule": "rain"}]}
        assert why_told(step)[0].sentence == "weather: rain"


class TestTrial:
    def test_the_trial_says_what_would_have_been_decided(self, town: Town) -> None:
        kind = next(one for one in catalogue().classes.values() if one.lead_agency and one.standard and not one.ended)
        before = Case.objects.count()
        page = trial(town, f"{kind.name}，三天没人管\t{town.community.name}{town.grid.name}\t{kind.code}")
        station = routing.lead_for(kind, town.grid.path, STREET).station
        assert station is not None
        assert station.name in page
        assert town.grid.name in page
        assert Case.objects.count() == before

    def test_what_cannot_be_known_is_said(self, town: Town) -> None:
        page = trial(town, "请问怎么办理")
        assert _("not known") in page
        assert _("There is no address, and no community of this subdistrict is named.") in page

    def test_what_was_learnt_says_so_with_its_words(self, town: Town, tmp_path: Path) -> None:
        text = "路灯坏了没人修，晚上太黑，老人看不清路"
        with suggesting(tmp_path, invented_weights({"lamp": ["0113"], "noise": ["E01"], "rubbish": ["0110"]})):
            (one,) = try_out([Pasted(text)], subdistrict=STREET, channel="resident", nameless=False, now=timezone.now())
        assert one.kind is not None
        assert (one.kind.code, one.findings[0].rule) == ("0113", "model")
        assert one.findings[0].values["words"]

    def test_a_refusal_and_a_look_beforehand_are_shown(self, town: Town) -> None:
        assert _("Somebody looks first: %(why)s") % {"why": _("Nobody says who told it.")} in trial(
            town, "路灯不亮了", nameless="on"
        )
        publish_flow(subdistrict_id=STREET, document={"anonymous": "refuse"}, note="", by=town.supervisor, now=timezone.now())
        told = _("It would not be taken: this subdistrict asks for a telephone or a sign-in.")
        assert told in trial(town, "路灯不亮了", nameless="on")

    @pytest.mark.parametrize("wrong", ["", "短", "\n".join(["路灯不亮了"] * 21), "长" * 21_000])
    def test_what_cannot_be_tried_is_refused_in_words_and_kept(self, wrong: str, town: Town) -> None:
        answer = signed_in(town.accounts["supervisor"]).post(TRIAL, {"reports": wrong, "channel": "resident"})
        assert answer.status_code == 422
        assert wrong[:50] in answer.content.decode()

    def test_twenty_reports_cost_the_page_and_two_statements_an_address(self, town: Town) -> None:
        client = signed_in(town.accounts["supervisor"])
        data = {"reports": "\n".join(f"路灯第{n}次不亮\t馨泰花苑{n}幢" for n in range(20)), "channel": "resident"}
        assert client.post(TRIAL, data).status_code == 200
        with count_statements() as seen:
            assert client.post(TRIAL, data).status_code == 200
        assert seen.warm.total <= 5 + 2 * 20, seen.listing
        data["reports"] = f"路灯不亮\t{town.community.name}"
        with count_statements() as seen:
            assert client.post(TRIAL, data).status_code == 200
        assert seen.warm.total <= 7, seen.listing

    def test_markup_stays_text(self, town: Town) -> None:
        assert "<script>alert" not in trial(town, "<script>alert(1)</script>路灯")

    def test_who_neither_registers_nor_dispatches_finds_no_such_page(self, town: Town) -> None:
        assert signed_in(town.accounts["wang"]).get(TRIAL).status_code == 404


def trial(town: Town, reports: str, **typed: str) -> str:
    """The page that the supervisor gets."""
    data = {"reports": reports, "channel": "resident", **typed}
    answer = signed_in(town.accounts["supervisor"]).post(TRIAL, data)
    assert answer.status_code == 200
    return answer.content.decode()
