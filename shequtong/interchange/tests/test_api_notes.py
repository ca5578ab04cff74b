"""The typed API: internal notes are written once by a post that may, read by who reads the words, and move nothing."""

from datetime import datetime

import pytest

from shequtong.cases.models import Case, Note
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.api import NEW, Caller
from shequtong.messaging.models import Message
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
WORDS = {"text": "已电话核实，灯杆编号是七号。"}


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def office(town: Town) -> Caller:
    return Caller(make_key(town.street, may="read,words,create,move", acts_as="precinct_head")[1])


@pytest.fixture
def number(office: Caller) -> str:
    """A case of the street."""
    return str(office.made("cases", NEW)["number"])


def test_a_note_is_written_once_and_moves_nothing(office: Caller, number: str) -> None:
    before = Case.objects.values("stage", "step_count", "due_at", "amber_at").get()
    answers = [office.made(f"cases/{number}/notes", WORDS, once="note-000001") for _time in range(2)]
    assert answers[0] == answers[1]
    assert (answers[0]["number"], answers[0]["stage"]) == (number, before["stage"])
    assert office.post(f"cases/{number}/notes", {"text": "别的话"}, once="note-000001").status_code == 409
    assert (Note.objects.count(), Case.objects.get().note_count) == (1, 1)
    assert Case.objects.values("stage", "step_count", "due_at", "amber_at").get() == before
    shown = office.get(f"cases/{number}/notes").json()["items"]
    note = Note.objects.get()
    assert datetime.fromisoformat(shown[0].pop("at")) == datetime.fromisoformat(answers[0]["at"])
    assert shown == [{"id": str(note.pk), "text": WORDS["text"], "by": note.actor, "post": note.post}]
    assert note.actor
    assert note.post
    assert not Message.objects.filter(template="case.followed").exists(), "nobody follows it"


def test_only_who_reads_the_words_reads_them(town: Town, office: Caller, number: str) -> None:
    office.made(f"cases/{number}/notes", WORDS)
    headers_only = Caller(make_key(town.street, may="read")[1])
    next_street = Caller(make_key(town.next_street, may="read,words,move", acts_as="precinct_head")[1])
    police = Caller(make_key(town.street, may="read,words,move", acts_as="station_head", station=town.police)[1])
    for caller in (headers_only, next_street, police):
        assert caller.get(f"cases/{number}/notes").status_code == 404
        assert caller.post(f"cases/{number}/notes", WORDS).status_code == 404
    reader = Caller(make_key(town.street, may="read,words")[1])
    assert len(reader.get(f"cases/{number}/notes").json()["items"]) == 1
    assert reader.post(f"cases/{number}/notes", WORDS).status_code == 404
    Case.objects.update(confidential=True)
    assert office.get(f"cases/{number}/notes").status_code == 404
    assert Note.objects.count() == 1


def test_a_station_writes_beside_what_is_its_own(town: Town, office: Caller, number: str) -> None:
    police = Caller(make_key(town.street, may="read,words,move", acts_as="station_head", station=town.police)[1])
    office.made(f"cases/{number}/moves/register", {"row": 1})
    office.made(f"cases/{number}/moves/dispatch", {"station": str(town.police.pk)})
    police.made(f"cases/{number}/notes", WORDS)
    assert [one["text"] for one in police.get(f"cases/{number}/notes").json()["items"]] == [WORDS["text"]]


def test_pages_follow_one_another_and_hold_each_note_once(office: Caller, number: str) -> None:
    for n in range(5):
        office.made(f"cases/{number}/notes", {"text": f"备注{n}"})
    seen, after = list[str](), dict[str, str]()
    for _page in range(3):
        page = office.get(f"cases/{number}/notes", limit="2", **after).json()
        seen += [one["text"] for one in page["items"]]
        after = {"after": page["next"]}
    assert seen == [f"备注{n}" for n in range(5)]
    assert page["next"] is None
    whole = office.get(f"cases/{number}/notes").json()
    assert (len(whole["items"]), whole["next"]) == (5, None)
    for wrong in ({"limit": "101"}, {"after": "x"}, {"before": "1"}):
        assert office.get(f"cases/{number}/notes", **wrong).status_code == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [({"text": ""}, 422), ({"text": "   "}, 409), ({"text": "字" * 1001}, 422), ({}, 422), ({**WORDS, "mentions": ["1"]}, 422)],
)
def test_what_is_no_note_is_refused(office: Caller, number: str, body: dict[str, object], status: int) -> None:
    assert office.post(f"cases/{number}/notes", body).status_code == status
    assert not Note.objects.exists()


def test_statements_are_few(office: Caller, number: str) -> None:
    for n in range(3):
        office.made(f"cases/{number}/notes", {"text": f"备注{n}"})
    with count_statements() as counted:
        assert len(office.get(f"cases/{number}/notes").json()["items"]) == 3
    assert counted.warm.total <= 3, counted.listing
    with count_statements() as counted:
        office.made(f"cases/{number}/notes", WORDS)
    assert counted.warm.total <= 12, counted.listing
