"""The demo's store of special care (演示特殊人群库): a few made-up records of each kind with visits; the street's supervisor keeps it and looks. Nobody is meant."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from shequtong.access.actor import AccountActor
from shequtong.pages.demo.people import CAST
from shequtong.people.models import AccountLink, Person, Source
from shequtong.people.usecases import look_at_care, note_care_visit, open_care, record_care

Ago = Callable[[int, int], date]
_DAYS = (92, 61, 33, 16, 6)  # before today: each a morning on which the store is opened and kept
_REASON, _LOOK = "按季度走访计划更新档案", "接待本人来访前了解诉求"
_OFTEN = ("7", "15", "30", "60")
_SAID = (
    "入户走访，情绪平稳，生活正常，家人在旁照料。",
    "电话联系后上门，本人在家，近期无外出打算。",
    "与本人面谈，了解近期困难，已转告社区协助办理。",
    "走访时家属反映夜间睡眠不好，已约医生复诊。",
)
# How many: in the small demo and in the full street.
_HOW_MANY = {
    "mental": (3, 38),
    "released": (2, 22),
    "correction": (2, 15),
    "drug": (1, 13),
    "petition": (1, 12),
    "youth": (1, 10),
    "hiv": (1, 6),
}
_ROLE = {"mental": "doctor", "released": "police", "correction": "justice", "drug": "police", "hiv": "doctor"}


def fill_care(cast: dict[str, AccountActor], *, full: bool, now: datetime) -> int:
    """How many records; for a place whose people have just been loaded."""
    by, dice = cast["supervisor"], Random(20_251_201)  # noqa: S311  # a demo, the same each time
    wanted = [kind for kind, (few, many) in _HOW_MANY.items() for _n in range(many if full else few)]
    dice.shuffle(wanted)
    mornings = [(now - timedelta(days=days)).replace(hour=1, minute=20) for days in _DAYS]
    return _kept(by, dice, mornings, wanted) + _of_the_resident(by, now)


def _kept(by: AccountActor, dice: Random, mornings: list[datetime], wanted: list[str]) -> int:
    records: list[tuple[str, int]] = []
    year = mornings[-1].year
    adults, young, serial = _aged(by.home, year - 62, year - 22), _aged(by.home, year - 17, year - 13), count()
    for at, morning in enumerate(mornings):
        open_care(reason=_REASON, by=by, now=morning)
        for kind, pk in dice.sample(records, k=len(records) // 3):
            said = dice.choice(_SAID)
            on = (morning - timedelta(days=dice.randint(0, 4))).date()
            note_care_visit(
                record_id=pk, role=dice.choice(("grid", _ROLE.get(kind, "grid"))), on=on, said=said, by=by, now=morning
            )
        for kind in wanted[at :: len(mornings)]:
            people = young if kind == "youth" else adults
            if people:
                person = people.pop(dice.randrange(len(people)))
                facts = _facts(kind, dice, morning.date(), next(serial))
                made = record_care(person_id=person, kind=kind, facts=facts, source=Source.POLICE, by=by, now=morning)
                records.append((kind, made.pk))
    return len(records)


def _of_the_resident(by: AccountActor, now: datetime) -> int:
    """The resident of the cast once petitioned: in their own record they see that it is kept, and that somebody looked."""
    her = next(one for one in CAST if one.key == "resident")
    links = AccountLink.objects.within(by.home).live().select_related("person")
    link = next((one for one in links if one.person.phone.reveal() == her.phone), None)
    if link is None:
        return 0
    before = now - timedelta(days=5)
    open_care(reason=_REASON, by=by, now=before)
    facts = {
        "last_on": (before - timedelta(days=20)).date(),
        "times": 1,
        "cause": "小区夜间停车占用消防通道",
        "demand": "请物业按规定划线管理，并书面答复",
        "in_charge": "街道综治办",
    }
    record = record_care(person_id=link.person_id, kind="petition", facts=facts, source="resident", by=by, now=before)
    record.person = link.person
    open_care(reason=_LOOK, by=by, now=now - timedelta(days=2))
    look_at_care(record=record, by=by, now=now - timedelta(days=2))
    return 1


def _aged(place: int, first: int, last: int) -> list[int]:
    """Some who were born in these years and have a home, far from one another."""
    rows = Person.objects.within(place).standing().filter(room__isnull=False)
    rows = rows.filter(born_on__gte=date(first, 1, 1), born_on__lt=date(last + 1, 1, 1))
    found = list(rows.order_by("pk").values_list("pk", flat=True)[:20_000])
    return found[7 :: max(len(found) // 400, 1)]


def _facts(kind: str, dice: Random, today: date, n: int) -> dict[str, Any]:
    """What such a record says; nobody is meant."""

    def ago(low: int, high: int) -> date:
        return today - timedelta(days=dice.randint(low, high))

    often = {"cycle_grid": dice.choice(_OFTEN)}
    return (_of_law(dice, ago, often, n) | _of_help(dice, ago, often, n))[kind]


def _of_law(dice: Random, ago: Ago, often: dict[str, Any], n: int) -> dict[str, dict[str, Any]]:
    police, justice = {"cycle_police": "30"}, {"cycle_justice": "15"}
    return {
        "released": {
            **(often | police | justice),
            "offence": dice.choice(("盗窃", "故意伤害", "诈骗", "危险驾驶", "寻衅滋事")),
            "sentence": dice.choice(("有期徒刑一年", "有期徒刑二年六个月", "有期徒刑三年")),
            "released_on": ago(60, 1500),
            "risk": "01" if n % 6 == 0 else "02",
            "settled": dice.choice(("enterprise", "self", "welfare", "none")),
            "helper": "网格长、社区民警",
        },
        "correction": {
            **(often | justice),
            "category": dice.choice(("02", "02", "03", "01")),
            "offence": dice.choice(("危险驾驶", "交通肇事", "非法经营", "诈骗")),
            "began_on": (began := ago(30, 300)),
            "ends_on": began + timedelta(days=dice.choice((365, 540, 730))),
            "group": "司法所、社区、家属帮教小组",
        },
        "petition": {
            **often,
            "last_on": ago(10, 120),
            "times": dice.randint(1, 6),
            "cause": dice.choice(("房屋拆迁补偿", "工伤待遇", "楼上渗水纠纷", "物业费争议")),
            "demand": dice.choice(("要求复核补偿标准", "要求责任单位答复", "要求尽快修复")),
            "in_charge": "街道综治办",
        },
    }


def _of_help(dice: Random, ago: Ago, often: dict[str, Any], n: int) -> dict[str, dict[str, Any]]:
    doctor, police, justice = {"cycle_doctor": "30"}, {"cycle_police": "30"}, {"cycle_justice": "15"}
    return {
        "mental": {
            **(often | doctor | police),
            "diagnosis": dice.choice(("01", "01", "04", "06", "05")),
            "first_on": ago(700, 6000),
            "level": dice.choice(("0", "0", "1", "1", "2", "3")),
            "hospital": "区精神卫生中心",
            "medicine": n % 4 != 0,
            "guardian": "父亲" if n % 2 else "姐姐",
            "with_guardian": n % 3 != 0,
        },
        "drug": {
            **(often | doctor | police),
            "found_on": ago(300, 3000),
            "control": dice.choice(("community", "controlled", "controlled", "abroad")),
            "helper": "禁毒社工",
            "cause": dice.choice(("交友不慎", "好奇", "同事劝诱")),
        },
        "hiv": {**doctor, "route": "unknown", "attention": "general", "hospital": "市第五人民医院"},
        "youth": {
            **(often | justice),
            "kind_of_youth": dice.choice(("idle", "behaviour", "parents")),
            "guardian": "祖母",
            "schooling": dice.choice(("职校休学", "初中毕业后在家", "在校")),
            "behaviour": "夜间常不回家",
            "helper": "社区青少年社工",
        },
    }
