"""What happens in life, by its forms: one press shows what changes, the next records it, once; the day before still shows what was so."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.people.models import AccountLink, Household, LifeEvent, Membership, Person, Residence
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_registry import post, signed_in
from shequtong.people.usecases import CannotRecord, record_death, write_set
from shequtong.territory.models import Room
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town


class Family:
    """Old Wang heads it, with his wife, their son and the son's wife, for a year."""

    def __init__(self, town: Town) -> None:
        self.room: Room = make_room(town.building)
        self.now = timezone.now()
        since = timezone.localdate() - timedelta(days=365)
        then = self.now - timedelta(days=365)
        self.wang = make_person(
            self.room, "王德发", sex="1", born_on=date(1950, 1, 1), now=then, kind="owner", marital="20", since=since
        )
        self.household = Household.objects.get()
        self.li = self._member("李桂英", "12", "2", date(1952, 1, 1), marital="20")
        self.son = self._member("王小明", "20", "1", date(1980, 1, 1), marital="20")
        self.wife = self._member("陈静", "38", "2", date(1982, 1, 1), marital="20")

    def _member(self, name: str, relation: str, sex: str, born: date, **facts: Any) -> Person:
        told = {"relation": relation, "household_id": self.household.pk, "since": self.wang.valid_from}
        return make_person(self.room, name, sex=sex, born_on=born, now=self.wang.recorded_at, **told, **facts)

    def relations(self) -> dict[str, str]:
        rows = Membership.objects.filter(household=self.household, ended_on=None).select_related("person")
        return {one.person.name.reveal(): one.relation for one in rows}


@pytest.fixture
def family(town: Town) -> Family:
    return Family(town)


def life(person: Person, event: str) -> str:
    return reverse("people:desk-life", args=[person.pk, event])


def sent(client: Client, url: str, **more: Any) -> dict[str, Any]:
    """What the form of a page would send as it stands."""
    form = client.get(url).context["form"]
    told = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in told.items() if value not in (None, "", False)} | more


def looked(client: Client, url: str, **more: Any) -> tuple[list[str], dict[str, Any]]:
    """The sentences of the first press, and what the second would send."""
    page = post(client, url, **sent(client, url, **more), step="look")
    form = page.context["form"]
    assert page.status_code == 200, form.errors
    told = {name: form[name].value() for name in form.fields}
    return page.context["sentences"], {name: value for name, value in told.items() if value not in (None, "", False)}


def yesterday(client: Client, name: str, pk: int) -> str:
    """A page as of yesterday."""
    return str(client.get(reverse(name, args=[pk]), {"on": str(timezone.localdate() - timedelta(days=1))}).content.decode())


def test_a_death_closes_widows_and_gives_the_household_a_head(town: Town, family: Family) -> None:
    write_set(person_id=family.wang.pk, name="elderly", values={"living": "couple"}, source="visit", by=town.hu, now=family.now)
    AccountLink.objects.create(
        subdistrict_id=family.wang.subdistrict_id, person=family.wang, linked_account_id=7, how="document", linked_at=family.now
    )
    client, url = signed_in(town, "he"), life(family.wang, "death")
    sentences, told = looked(client, url)
    assert Person.objects.get(pk=family.wang.pk).ended_on is None, "the first press changes nothing"
    assert not LifeEvent.objects.exists()
    assert any("李*" in one and "丧偶" in one for one in sentences)
    assert any("王*" in one and "死亡" in one for one in sentences)
    assert (told["widowed"], told["new_head"]) == (str(family.li.pk), str(family.li.pk))
    answer = post(client, url, **told, step="record")

    assert answer.status_code == 302
    wang, li = Person.objects.get(pk=family.wang.pk), Person.objects.get(pk=family.li.pk)
    assert (wang.ended_on, wang.ended_for, li.marital) == (timezone.localdate(), "died", "30")
    assert family.relations() == {"李桂英": "02", "王小明": "20", "陈静": "38"}
    assert not Residence.objects.filter(person=wang, ended_on=None).exists()
    assert AccountLink.objects.get().revoked_at is not None
    before, after = yesterday(client, "pages:registry-door", family.room.pk), client.get(answer["Location"])
    assert "户主" in before
    assert before.count("王*") > client.get(reverse("pages:registry-door", args=[family.room.pk])).content.decode().count("王*")
    assert "已婚" in yesterday(client, "pages:registry-person", family.li.pk)
    assert "死亡" in after.content.decode()
    entry = Entry.objects.get(what="people.life.death")
    assert "王" not in str(entry.facts)
    assert family.wang.pk in entry.facts["persons"]


def test_a_death_without_a_new_head_is_refused_in_words(town: Town, family: Family) -> None:
    with pytest.raises(CannotRecord, match="户主"):
        record_death(person_id=family.wang.pk, on=timezone.localdate(), source="visit", by=town.hu, now=family.now)
    client, url = signed_in(town, "hu"), life(family.wang, "death")
    ahead = sent(client, url, on=str(timezone.localdate() + timedelta(days=1)))
    answer = post(client, url, **ahead, step="record")
    assert answer.status_code == 422
    assert "日期" in answer.content.decode()
    early = post(client, url, **sent(client, url, on="2001-01-01"), step="record")
    assert early.status_code == 422
    assert not LifeEvent.objects.exists()


def test_a_change_of_head_asks_only_what_it_cannot_know(town: Town, family: Family) -> None:
    client, url = signed_in(town, "he"), life(family.wang, "head")
    _sentences, told = looked(client, url)
    assert told[f"relation_{family.wang.pk}"] == "11"
    _sentences, told = looked(client, url, new_head=str(family.son.pk))
    assert {told[f"relation_{one.pk}"] for one in (family.wang, family.li, family.wife)} == {"51", "52", "12"}
    assert post(client, url, **told, step="record").status_code == 302
    assert family.relations() == {"王德发": "51", "李桂英": "52", "王小明": "02", "陈静": "12"}
    assert "独" not in yesterday(client, "pages:registry-door", family.room.pk)


def test_the_head_moves_away_with_his_wife_and_stays_the_owner(town: Town, family: Family) -> None:
    client, url = signed_in(town, "hu"), life(family.wang, "move_out")
    sentences, told = looked(client, url, together=[str(family.li.pk)])
    assert any("业主，不住" in one for one in sentences), sentences
    assert post(client, url, **told, step="record").status_code == 302
    wang, li = Person.objects.get(pk=family.wang.pk), Person.objects.get(pk=family.li.pk)
    assert (wang.ended_on, wang.register_state, wang.room) == (None, "06", None)
    assert (li.ended_on, li.ended_for) == (timezone.localdate(), "moved")
    home = family.room
    assert Residence.objects.get(person=wang, ended_on=None).lives is False
    assert family.relations() == {"王小明": "02", "陈静": "12"}
    assert home.pk == Residence.objects.get(person=wang, ended_on=None).room_id


def test_nothing_of_it_is_there_for_the_next_street(town: Town, family: Family) -> None:
    client = signed_in(town, "gao")
    for event in ("death", "move_out", "birth", "head", "nonsense"):
        assert client.get(life(family.wang, event)).status_code == 404
    assert signed_in(town, "hu").get(life(family.wang, "nonsense")).status_code == 404
    assert client.get(reverse("people:desk-life-menu", args=[family.wang.pk])).status_code == 404


def test_a_form_costs_few_statements_however_many_there_are(town: Town, family: Family) -> None:
    client = signed_in(town, "hu")
    for url, most in ((life(family.wang, "death"), 5), (reverse("people:desk-life-menu", args=[family.wang.pk]), 5)):
        client.get(url)
        with count_statements() as asked:
            client.get(url)
        assert asked.warm.total <= most, asked.listing


def test_who_confirmed_each_fact_and_how_long_ago(town: Town, family: Family) -> None:
    day = timezone.localdate() - timedelta(days=40)
    record_death(
        person_id=family.wang.pk, widowed_id=family.li.pk, on=day, source="document", by=town.he, now=family.now,
        relations={family.li.pk: "02", family.son.pk: "20", family.wife.pk: "38"},
    )  # fmt: skip
    page = signed_in(town, "hu").get(reverse("pages:registry-person", args=[family.li.pk]))
    (fact,) = page.context["confirmed"]
    assert (fact["day"], fact["by"], str(fact["source"])) == (day.isoformat(), "何军", "查验证件")
    assert "40" in fact["ago"]


def test_the_menu_shows_what_makes_sense(town: Town, family: Family) -> None:
    client = signed_in(town, "hu")
    child = make_person(
        family.room, "王宝", now=family.now, born_on=date(2020, 1, 1), relation="40", household_id=family.household.pk
    )
    of_child = client.get(reverse("people:desk-life-menu", args=[child.pk])).context["events"]
    of_wang = client.get(reverse("people:desk-life-menu", args=[family.wang.pk])).context["events"]
    assert not any("marriage" in one["url"] or "birth" in one["url"] for one in of_child)
    assert any("divorce" in one["url"] for one in of_wang)
    assert not any("marriage" in one["url"] for one in of_wang)
