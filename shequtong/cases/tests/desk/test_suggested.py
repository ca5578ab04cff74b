"""At the window the class is offered from the words, with the station that would lead it; who takes it in decides."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from shequtong.accounts.testing import signed_in
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.taught import stations_of_classes, taught
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.organizations.stations import nearest_station
from shequtong.testing.town import Town
from shequtong.triage.testing import invented, invented_weights, suggesting
from shequtong.triage.weights import Weights, read_weights

ASK = "/desk/cases/suggest/"
LAMP = "路灯坏了没人修，晚上太黑，老人看不清路"


@pytest.fixture(scope="module")
def weights() -> Weights:
    return invented_weights({"lamp": ["0113"], "noise": ["E01"], "rubbish": ["0110"]})


@pytest.fixture
def trained(town: Town, weights: Weights, tmp_path: Path) -> Iterator[Town]:
    with suggesting(tmp_path, weights):
        yield town


def test_class_and_station_are_offered(trained: Town) -> None:
    client, place = signed_in(trained.accounts["chen"]), {"building": trained.building.pk}
    text = client.post(ASK, {"text": LAMP, **place}).content.decode()
    assert 'value="0113"' in text
    assert "<mark>" in text
    lead = catalogue().by_code["0110"].lead_agency
    station = nearest_station(lead or 0, make_case(trained).place_path)
    assert station is not None
    rubbish = client.post(ASK, {"text": "垃圾桶满了没人收，很臭，苍蝇很多", **place}).content.decode()
    assert station.name in rubbish  # urban management leads it, by the duty list


def test_a_press_without_a_script_fills_it_in(trained: Town) -> None:
    client, address = signed_in(trained.accounts["chen"]), f"/desk/cases/new/?building={trained.building.pk}"
    assert "data-suggest" in client.get(address).content.decode()
    told = {"text": LAMP, "channel": "phone", "building": trained.building.pk}
    refused = client.post(address, told)
    assert refused.status_code == 422
    assert 'name="take" value="0113"' in refused.content.decode()
    taken = client.post(address, {**told, "take": "0113"})
    assert taken.status_code == 200
    page = taken.content.decode()
    assert 'value="0113"' in page.split("selected", 1)[0][-200:]
    assert LAMP in page
    assert not Case.objects.exists()


def test_who_takes_nothing_in_is_offered_nothing(trained: Town) -> None:
    assert Client().post(ASK, {"text": LAMP}).status_code == 302
    gao = signed_in(trained.accounts["gao"]).post(ASK, {"text": LAMP, "building": trained.building.pk})
    assert gao.status_code in (200, 404)


def test_a_town_learns_from_what_it_closed(town: Town, tmp_path: Path) -> None:
    for row in invented()[::3]:
        code = {"lamp": "L01", "noise": "E01", "rubbish": "L02"}[row.label]
        case = make_case(town, stage=Stage.CLOSED, text=row.text)
        Case.objects.filter(pk=case.pk).update(case_class=catalogue().by_code[code].id)
    make_case(town, text="还没有办结的事情不作数")
    assert len(taught()) == Case.objects.filter(stage=Stage.CLOSED).count() == 36
    assert all(stations_of_classes().values())
    out = StringIO()
    call_command("triage_train", from_cases=True, out=tmp_path / "own.bin", json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["labels"] == 3
    assert told["without_class"] == []
    assert read_weights(tmp_path / "own.bin").about.classes["L01"] == ["L01"]


def test_a_file_teaches_with_a_mapping(town: Town, tmp_path: Path) -> None:
    source, mapping = tmp_path / "told.csv", tmp_path / "mapping.json"
    source.write_text("label,text\n" + "".join(f"{row.label},{row.text}\n" for row in invented()), encoding="utf-8")
    mapping.write_text('{"lamp": "0113", "noise": ["E01", "0101"]}', encoding="utf-8")
    out = StringIO()
    call_command("triage_train", str(source), mapping=mapping, out=tmp_path / "w.bin", json=True, stdout=out)
    assert json.loads(out.getvalue())["without_class"] == ["rubbish"]
    assert read_weights(tmp_path / "w.bin").about.classes["noise"] == ["E01", "0101"]
    figures = StringIO()
    call_command("triage_eval", str(source), json=True, stdout=figures)
    assert {"macro_f1", "folds", "seed", "rows"} <= json.loads(figures.getvalue()).keys()
    mapping.write_text('{"lamp": "nothing"}', encoding="utf-8")
    with pytest.raises(CommandError, match="nothing"):
        call_command("triage_train", str(source), mapping=mapping, out=tmp_path / "w.bin")
    with pytest.raises(CommandError):
        call_command("triage_train")
