"""Special care in one's own record: that it is held and who looked on the masked page, what it says in full alone; what staff judge, nowhere."""

import json
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from shequtong.people.models import CareRecord, Person
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_care import OFFENCE, REASON, opened_for
from shequtong.people.tests.test_own_record import OWN, TAIL, linked
from shequtong.people.tests.test_registry import post, signed_in
from shequtong.people.usecases import end_care, open_care, record_care
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

JUDGED = "本人有隐瞒行踪的可能"
FACTS = {"offence": OFFENCE, "risk": "01", "note": JUDGED, "cycle_grid": "30"}
SHOW = reverse("people:own-show")


def kept(town: Town, person: Person) -> CareRecord:
    """What the supervisor wrote of the person."""
    now, by = timezone.now(), town.supervisor
    open_care(reason=REASON, by=by, now=now)
    return record_care(person_id=person.pk, kind="released", facts=FACTS, source="visit", by=by, now=now)


def test_that_it_is_held_and_who_looked_stands_on_the_masked_page(town: Town) -> None:
    person, client = linked(town)
    assert "限制查阅的档案" not in client.get(OWN).content.decode()
    record = kept(town, person)
    page = client.get(OWN).content.decode()
    assert "限制查阅的档案" in page
    assert "尚无人查看过" in page
    staff = opened_for(town)
    for url in ("desk-care", "desk-care-person", "desk-care-record"):
        args = {"desk-care": [], "desk-care-person": [person.pk], "desk-care-record": [record.pk]}[url]
        assert staff.get(reverse(f"people:{url}", args=args)).status_code == 200
    page = client.get(OWN).content.decode()
    for line in ("可能列有您的限制查阅档案名单", "查询是否有限制查阅档案", "限制查阅档案<br>"):
        assert line in page.replace("\n", ""), line
    for said in ("刑满释放", "监狱法", "特殊人群", OFFENCE, REASON, JUDGED, town.supervisor.name):
        assert said not in page, said


def test_in_full_it_says_kind_law_facts_and_reasons_but_no_judgement(town: Town) -> None:
    person, client = linked(town)
    record = kept(town, person)
    opened_for(town).get(reverse("people:desk-care-record", args=[record.pk]))
    page = post(client, SHOW, tail=TAIL, how="see").content.decode()
    for said in ("刑满释放", "监狱法", OFFENCE, REASON, "第三十五条"):
        assert said in page, said
    for said in (JUDGED, "重点帮教对象", "30 天"):
        assert said not in page, said
    copy = json.loads(post(client, SHOW, tail=TAIL, how="copy").content)
    assert [one["facts"] for one in copy["restricted"]] == [{"罪名": OFFENCE}]
    assert JUDGED not in json.dumps(copy, ensure_ascii=False)
    assert OFFENCE not in post(client, SHOW, tail="00000X", how="see").content.decode()


def test_what_has_ended_is_told_as_long_as_it_is_kept(town: Town) -> None:
    person, client = linked(town)
    end_care(record_id=kept(town, person).pk, why="期满", by=town.supervisor, now=timezone.now())
    assert "限制查阅的档案" in client.get(OWN).content.decode()
    assert "终止" in post(client, SHOW, tail=TAIL, how="see").content.decode()


def test_looks_at_others_and_of_before_are_not_told(town: Town) -> None:
    person, client = linked(town)
    staff = opened_for(town)
    staff.get(reverse("people:desk-care"))
    kept(town, person)
    CareRecord.objects.update(recorded_at=timezone.now() + timedelta(seconds=1))
    other = make_person(make_room(town.building, 1, 6), "王德发", now=timezone.now())
    staff.get(reverse("people:desk-care-person", args=[other.pk]))
    assert "尚无人查看过" in client.get(OWN).content.decode()


def test_a_neighbour_and_the_window_see_none_of_it(town: Town) -> None:
    person, _client = linked(town)
    kept(town, person)
    for name in ("gao", "hu", "fang"):
        page = signed_in(town, name).get(OWN).content.decode()
        assert "限制查阅的档案" not in page, name
        assert OFFENCE not in page, name


def test_it_costs_two_statements_more(town: Town) -> None:
    person, client = linked(town)
    client.get(OWN)
    with count_statements() as without:
        client.get(OWN)
    kept(town, person)
    client.get(OWN)  # the note of the opening is written behind it
    with count_statements() as held:
        client.get(OWN)
    assert held.warm.total - without.warm.total == 2
    assert held.warm.total <= 23
