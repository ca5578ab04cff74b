"""A flow is read strictly and checked before it is published: five broken ones are refused by name, the examples are good."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from shequtong.cases.flow import DEFAULT, rules_of
from shequtong.cases.flow_document import permissions_of, read_document
from shequtong.cases.flow_files import place_told, read_file, shipped
from shequtong.cases.flow_findings import Finding
from shequtong.cases.flow_lint import TAKES_PHOTOS, lint
from shequtong.cases.workflow import MOVES

FIVE = {"unreachable_stage", "no_exit", "role_nobody_holds", "missing_limit", "approval_by_oneself"}


def found(document: dict[str, object], **place: object) -> list[Finding]:
    """What is found in a document that reads."""
    reading = read_document(document)
    assert reading.faults == []
    return lint(MOVES, reading.document, place_told(place))


def refused(document: dict[str, object], **place: object) -> set[str]:
    """Names of what refuses it."""
    return {finding.name for finding in found(document, **place) if finding.refuses}


def test_five_broken_flows_are_shipped() -> None:
    assert {path.stem for path in shipped("broken")} == FIVE


@pytest.mark.parametrize("path", shipped("broken"), ids=lambda path: path.stem)
def test_each_is_refused_by_its_name_and_nothing_else(path: Path) -> None:
    read = read_file(path)
    assert read.reading.faults == []
    assert {finding.name for finding in read.findings if finding.refuses} == {path.stem}
    assert all(finding.words and finding.place for finding in read.findings)


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_the_examples_are_good(path: Path) -> None:
    read = read_file(path)
    assert (read.reading.faults, [one for one in read.findings if one.refuses]) == ([], [])


def test_what_we_ship_without_any_flow_is_good() -> None:
    assert found({}) == []


def test_the_command_says_what_is_wrong_in_the_language_of_the_place(tmp_path: Path) -> None:
    out = StringIO()
    call_command("flow_lint", *map(str, shipped()), stdout=out)
    with pytest.raises(CommandError, match="no_exit"):
        call_command("flow_lint", *map(str, shipped("broken")), stdout=out)
    with translation.override("zh-hans"):
        assert read_file(shipped("broken")[0]).findings[0].words in out.getvalue()
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("flow_lint", str(bad), stdout=out)
    with pytest.raises(CommandError):
        call_command("flow_lint", str(tmp_path / "gone.json"), stdout=out)


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([], ""),
        ({"colour": 1}, "colour"),
        ({"functions": []}, "functions"),
        ({"functions": {"fly": ["acceptor"]}}, "functions.fly"),
        ({"functions": {"run_clock": ["acceptor"]}}, "functions.run_clock"),
        ({"functions": {"manage_flow": ["acceptor"]}}, "functions.manage_flow"),
        ({"functions": {"grant_time": ["dispatcher"]}}, "functions.grant_time"),  # said under approvals
        ({"functions": {"verify": ["wizard"]}}, "functions.verify"),
        ({"functions": {"verify": ["audit_admin"]}}, "functions.verify"),
        ({"functions": {"verify": []}}, "functions.verify"),
        ({"functions": {"verify": "inspector"}}, "functions.verify"),
        ({"approvals": {"extend": []}}, "approvals.extend"),
        ({"skips": {"verify": []}}, "skips.verify"),
        ({"skips": {"confirm": ["pigeon"]}}, "skips.confirm"),
        ({"evidence": ["fly"]}, "evidence"),
        ({"evidence": [1]}, "evidence"),
        ({"off": ["remind"]}, "off"),  # the worker's
        ({"off": ["evaluate"]}, "off"),  # the reporter's
        ({"anonymous": "maybe"}, "anonymous"),
        ({"windows": {"close_days": -1}}, "windows.close_days"),
        ({"windows": {"close_days": "7"}}, "windows.close_days"),
        ({"windows": {"close_days": True}}, "windows.close_days"),
        ({"windows": {"close_days": 1.5}}, "windows.close_days"),
        ({"windows": {"close_days": 10**9}}, "windows.close_days"),
        ({"windows": {"evidence": 1}}, "windows.evidence"),
        ({"windows": {"escalate_hours": [0, 1]}}, "windows.escalate_hours"),
        ({"windows": {"escalate_hours": [0, 1, -2]}}, "windows.escalate_hours[2]"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(document: object, place: str) -> None:
    faults = read_document(document).faults
    assert [fault.place for fault in faults] == [place]
    assert faults[0].words


def test_a_document_is_the_same_however_it_is_written() -> None:
    one = read_document(
        {"off": ["urge", "appeal", "urge"], "functions": {"verify": ["inspector", "grid_worker"], "close": ["acceptor"]}}
    )
    other = read_document(
        {"functions": {"close": ["acceptor"], "verify": ["grid_worker", "inspector"]}, "off": ["appeal", "urge"], "evidence": []}
    )
    assert json.dumps(one.document) == json.dumps(other.document)


def test_a_document_becomes_rules_and_rights() -> None:
    document = read_document(
        {
            "windows": {"close_days": 3, "escalate_hours": [1, 2, 3]},
            "skips": {"confirm": []},
            "approvals": {"suspend": ["subdistrict_supervisor"], "answer": ["precinct_head"]},
            "off": ["urge"],
        }
    ).document
    rules = rules_of(document)
    assert (rules.close_days, rules.escalate_hours, rules.confirm_skips, rules.off) == (3, (1, 2, 3), (), ("urge",))
    assert rules.ask_days == DEFAULT.ask_days
    assert rules.approvers("suspend") == ("subdistrict_supervisor",)
    assert set(rules.approvers("extend")) == {"dispatcher", "precinct_head", "subdistrict_supervisor"}
    assert permissions_of(document)["cases.approve_answer"] == ["precinct_head"]
    assert permissions_of(document)["cases.grant_time"] == ["dispatcher", "precinct_head", "subdistrict_supervisor"]
    assert rules_of({}) == DEFAULT


def test_what_else_is_found() -> None:
    assert refused({"windows": {"close_days": 0}}) == {"window_of_zero"}
    assert refused({"windows": {"escalate_hours": [5, 1, 2]}}) == {"levels_out_of_order"}
    assert refused({"evidence": ["urge"]}) == {"evidence_without_photos"}
    assert refused({"evidence": list(TAKES_PHOTOS)}) == set()
    assert refused({"off": ["grant"]}) == {"half_a_pair"}
    assert refused({"functions": {"dispatch": ["clerk", "dispatcher"]}}) == {"role_sees_no_case"}
    assert refused({"functions": {"accept": ["dispatcher", "station_head"]}}) == {"role_of_no_station"}
    assert refused({"functions": {"verify": ["station_head", "station_handler"]}}) == {"approval_by_oneself"}
    assert refused({"off": ["verify"]}) == {"no_exit", "unreachable_stage"}
    assert refused({"off": ["review"]}) == {"no_exit"}  # of what was settled on the spot
    assert refused({"off": ["send_back", "decide"]}) == set()  # taken out whole


def test_some_of_it_is_only_said() -> None:
    said = found(
        {"windows": {"extend_most": 5}, "functions": {"verify": ["inspector", "grid_worker"]}},
        held={"inspector": 0, "acceptor": 1, "dispatcher": 0, "precinct_head": 0, "subdistrict_supervisor": 0},
    )
    assert not any(finding.refuses for finding in said)
    assert {"beyond_the_standard", "role_nobody_holds"} <= {finding.name for finding in said}
