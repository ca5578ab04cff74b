"""People (模拟人员): members of households with names, numbers, telephones and what else a register holds of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from shequtong.pages.demo.census.households import FEMALE, HEAD, MALE, Family, Member
from shequtong.people.identity import check_character

COUNTY = "320599"  # never given out
PHONES = "161"  # no operator's
_HERE = Path(__file__).parent
_DISTRICT = "江苏省苏州市虎丘区狮山街道"
_JOBS = (
    "工程师",
    "技术工人",
    "销售",
    "教师",
    "护士",
    "会计",
    "司机",
    "厨师",
    "保洁",
    "保安",
    "程序员",
    "个体经营",
    "公务员",
    "医生",
    "快递员",
    "行政文员",
)


@dataclass
class Made:
    """One person: facts by name, and sets by name."""

    facts: dict[str, Any]
    relation: str
    sets: dict[str, dict[str, Any]] = field(default_factory=dict)


class Registrar:
    """Gives members their facts. Numbers and telephones are used once; `start` tells places apart that are made one after another."""

    def __init__(self, dice: Random, today: date, start: int = 0) -> None:
        self._dice, self._today, self._phone = dice, today, start
        self._serials: Counter[tuple[date, str]] = Counter()
        lines = (_HERE / "surnames.csv").read_text(encoding="utf-8").split()[1:]
        self._surnames = [line.partition(",")[0] for line in lines]
        self._weights = list(accumulate(int(line.partition(",")[2]) for line in lines))
        self._given: dict[tuple[str, int], list[str]] = {}
        for line in (_HERE / "given.txt").read_text(encoding="utf-8").splitlines():
            sex, since, *names = line.split()
            self._given[sex, int(since)] = names
        origins = [line.split() for line in (_HERE / "origins.txt").read_text(encoding="utf-8").splitlines()]
        self._origins, self._shares = [one[1] for one in origins], list(accumulate(int(one[0]) for one in origins))

    def people(self, family: Family, address: str) -> Iterator[Made]:
        """The members of a household that lives at this address."""
        origin = self._dice.choices(self._origins, cum_weights=self._shares)[0] if family.newcomer else ""
        head, mate = self._surname(), self._surname()
        for member in family.members:
            surname = {"head": head, "mate": mate}.get(member.surname) or (head if member.relation == HEAD else self._surname())
            yield self._person(family, member, surname, origin, address)

    def _surname(self) -> str:
        return self._dice.choices(self._surnames, cum_weights=self._weights)[0]

    def _person(self, family: Family, member: Member, surname: str, origin: str, address: str) -> Made:
        dice, age = self._dice, (self._today - member.born).days // 365
        facts: dict[str, Any] = {
            "name": surname + self._given_name(member),
            "sex": member.sex,
            "born_on": member.born,
            "id_kind": "111",
            "id_number": self._number(member),
            "ethnicity": dice.choices(("01", "03", "11", "15", "06", "08"), (970, 9, 7, 6, 4, 4))[0],
            "marital": member.marital if age >= 20 else "10",
            "schooling": self._schooling(age),
            "population": "02" if origin else "01",
            "register_state": "04" if origin and not origin.startswith("江苏省") else "03" if origin else "01",
            "register_kind": ("4" if dice.random() < 0.6 else "3") if origin else "1",
            "register_address": f"{origin}{dice.choice(('城关镇', '新街镇', '河口镇', '东关街道'))}{dice.randint(1, 90)}号"
            if origin
            else _DISTRICT + address,
            "political": "13" if age >= 28 or age < 14 else ("03" if dice.random() < 0.3 else "13"),
            "insured": "2" if age < 20 or (age > 70 and dice.random() < 0.4) else "1",
        }
        if age >= 12:
            facts["phone"] = self._telephone()
        if 22 <= age < 60:
            facts["occupation"] = dice.choice(_JOBS)
        elif age >= 60:
            facts["occupation"] = "退休"
        if age >= 70 or age < 12:
            facts["emergency_phone"] = self._telephone()
        made = Made(facts, member.relation)
        self._sets(made, family, member, age, origin)
        return made

    def _given_name(self, member: Member) -> str:
        since = max(each for sex, each in self._given if sex == member.sex and each <= max(member.born.year, 1900))
        return self._dice.choice(self._given[member.sex, since])

    def _number(self, member: Member) -> str:
        self._serials[member.born, member.sex] += 1
        nth = self._serials[member.born, member.sex]
        serial = 2 * nth - 1 if member.sex == MALE else 2 * nth
        if serial > 999:
            raise ValueError("more people born on one day than a county can number")
        first = f"{COUNTY}{member.born:%Y%m%d}{serial:03d}"
        return first + check_character(first)

    def _telephone(self) -> str:
        self._phone += 1
        return f"{PHONES}{self._phone:08d}"

    def _schooling(self, age: int) -> str:
        if age < 6:
            return ""
        if age < 12:
            return "80"
        if age < 15:
            return "70"
        if age < 18:
            return "60"
        shares = (30, 22, 20, 18, 10) if age < 45 else (8, 14, 26, 36, 16) if age < 65 else (3, 5, 18, 38, 36)
        return self._dice.choices(("21", "31", "61", "71", "81"), shares)[0]

    def _sets(self, made: Made, family: Family, member: Member, age: int, origin: str) -> None:
        dice, sets = self._dice, made.sets
        if origin:
            sets["migrant"] = {
                "reason": "family" if age < 18 or age > 62 else dice.choice(("work", "work", "work", "trade", "study")),
                "permit_kind": "residence" if dice.random() < 0.8 else "",
                "came_on": self._today - timedelta(days=dice.randint(40, 4000)),
                "dwelling": "rented" if family.tenure == "let" else "bought",
                "origin": origin,
            }
        if age >= 60:
            sets["elderly"] = self._elderly(family, age)
        if dice.random() < 0.022:
            sets["disability"] = self._disability(made)
        if dice.random() < 0.009 and not origin:
            sets["hardship"] = self._hardship(family)
        if age >= 70 and len(family.members) == 1 and dice.random() < 0.06:
            sets["left_behind"] = {"kind": "elder"}
        self._of_working_age(made, family, member, age)

    def _elderly(self, family: Family, age: int) -> dict[str, Any]:
        shares = (900, 60, 25, 10, 5) if age < 80 else (620, 210, 100, 50, 20)
        many = len(family.members)
        return {
            "living": "alone" if many == 1 else "couple" if many == 2 else "children",
            "ability": self._dice.choices(("0", "1", "2", "3", "4"), shares)[0],
            "income": "pension" if self._dice.random() < 0.86 else "support",
            "allowance": "advanced_age" if age >= 80 else "none",
        }

    def _disability(self, made: Made) -> dict[str, Any]:
        kind = self._dice.choices("1234567", (12, 10, 3, 50, 9, 10, 6))[0]
        grade = self._dice.choices("1234", (12, 23, 30, 35))[0]
        number = f"{made.facts['id_number']}{kind}{grade}"
        return {"certificate": number, "kind": kind, "grade": grade, "allowance": "care" if grade in "12" else "none"}

    def _hardship(self, family: Family) -> dict[str, Any]:
        return {
            "kind": self._dice.choices(("minimum", "edge", "extreme"), (6, 3, 1))[0],
            "persons": len(family.members),
            "amount": self._dice.randint(300, 1095) * 100,
            "cause": self._dice.choice(("illness", "disability", "age", "work")),
        }

    def _of_working_age(self, made: Made, family: Family, member: Member, age: int) -> None:
        dice, sets = self._dice, made.sets
        if member.sex == FEMALE and any((self._today - one.born).days < 3 * 365 for one in family.members) and 20 <= age < 46:
            sets["family"] = {
                "children": sum((self._today - one.born).days < 18 * 365 for one in family.members),
                "childcare": "home",
            }
        if 22 <= age < 60 and dice.random() < 0.016:
            sets["employment"] = {
                "state": "unemployed",
                "cause": dice.choice(("closed", "resigned", "contract", "dismissed")),
                "out_since": self._today - timedelta(days=dice.randint(30, 900)),
            }
            made.facts["occupation"] = ""
