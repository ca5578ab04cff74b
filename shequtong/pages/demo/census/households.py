"""Households (模拟户): who lives together, of which age and sex, as what to the head. Pure; the same dice give the same households."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

HEAD, HUSBAND, WIFE, SON, DAUGHTER, FATHER, MOTHER, OTHER = "02", "11", "12", "20", "30", "51", "52", "90"
MALE, FEMALE = "1", "2"
_MOTHER_AT = (21, 36)  # years at which children are born


@dataclass
class Member:
    """Somebody of a household. `of`: whose surname they bear: "" their own, "head", or "mate" (a child of the wife's bears the father's)."""

    relation: str
    sex: str
    born: date
    marital: str
    surname: str = "own"


@dataclass
class Family:
    """A household: members with the head first. `tenure` is owned or let; `newcomer`: registered elsewhere."""

    members: list[Member] = field(default_factory=list)
    tenure: str = "owned"
    newcomer: bool = False


class Maker:
    """Draws households until a day; shares by what a subdistrict of this kind shows: many tenants, many old people in the old estates."""

    def __init__(self, dice: Random, today: date) -> None:
        self._dice, self._today = dice, today
        kinds: tuple[tuple[int, Callable[[], Family]], ...] = (
            (16, self._couple_with_children),
            (12, self._old_couple),
            (8, self._old_alone),
            (13, self._couple),
            (7, self._three_generations),
            (19, self._alone_young),
            (11, self._sharing),
            (5, self._lone_parent),
        )
        self._weights, self._kinds = [weight for weight, _ in kinds], [make for _, make in kinds]

    def families(self) -> Iterator[Family]:
        """One after another, without end."""
        while True:
            yield self._dice.choices(self._kinds, self._weights)[0]()

    def _born(self, youngest: int, oldest: int) -> date:
        """A birthday of somebody aged so, today."""
        days = self._dice.randint(youngest * 365 + youngest // 4 + 1, (oldest + 1) * 365 + oldest // 4 - 1)
        return self._today - timedelta(days=days)

    def _pair(self, youngest: int, oldest: int) -> tuple[Member, Member]:
        his = self._born(youngest, oldest)
        hers = min(his + timedelta(days=self._dice.randint(-700, 1900)), self._today - timedelta(days=365 * 21))
        married = "22" if self._dice.random() < 0.06 else "21"
        return Member(HEAD, MALE, his, married), Member(WIFE, FEMALE, hers, married)

    def _children(self, mother: Member, most: int) -> list[Member]:
        """Children of a mother, apart by two years and more, born when she was 21 to 36, none in the time to come."""
        found: list[Member] = []
        at = self._dice.uniform(*_MOTHER_AT)
        for _n in range(self._dice.choices((1, 2, 3), (70, 27, 3))[0] if most > 1 else 1):
            born = mother.born + timedelta(days=int(at * 365.25))
            if born >= self._today or at > 44:
                break
            male = self._dice.random() < 0.52
            age = (self._today - born).days // 365
            marital = "10" if age < 26 or self._dice.random() < 0.5 else "21"
            found.append(Member(SON if male else DAUGHTER, MALE if male else FEMALE, born, marital, "head"))
            at += self._dice.uniform(2, 6)
        return [one for one in found if (self._today - one.born).days < 365 * 30]

    def _home(self, members: list[Member], let: float, newcomer: float) -> Family:
        tenure = "let" if self._dice.random() < let else "owned"
        return Family(members, tenure, self._dice.random() < (newcomer * 1.6 if tenure == "let" else newcomer))

    def _couple_with_children(self) -> Family:
        man, wife = self._pair(28, 52)
        return self._home([man, wife, *self._children(wife, 3)], 0.3, 0.35)

    def _couple(self) -> Family:
        return self._home([*self._pair(24, 60)], 0.35, 0.4)

    def _old_couple(self) -> Family:
        return self._home([*self._pair(60, 88)], 0.05, 0.08)

    def _old_alone(self) -> Family:
        sex = FEMALE if self._dice.random() < 0.66 else MALE
        return self._home([Member(HEAD, sex, self._born(66, 97), "30" if self._dice.random() < 0.85 else "40")], 0.04, 0.05)

    def _three_generations(self) -> Family:
        man, wife = self._pair(30, 48)
        father = Member(FATHER, MALE, man.born - timedelta(days=self._dice.randint(23, 34) * 365), "21", "head")
        mother = Member(MOTHER, FEMALE, man.born - timedelta(days=self._dice.randint(21, 32) * 365), "21")
        old = [father, mother]
        if self._dice.random() < 0.3:
            old, mother.marital = [mother], "30"
        return self._home([man, wife, *old, *self._children(wife, 2)], 0.12, 0.3)

    def _alone_young(self) -> Family:
        sex = MALE if self._dice.random() < 0.56 else FEMALE
        return self._home([Member(HEAD, sex, self._born(21, 45), "10")], 0.72, 0.5)

    def _sharing(self) -> Family:
        first = self._born(20, 34)
        many = self._dice.choices((2, 3, 4), (6, 3, 1))[0]
        sex = MALE if self._dice.random() < 0.6 else FEMALE
        others = [Member(OTHER, sex, self._born(20, 36), "10") for _n in range(many - 1)]
        return Family([Member(HEAD, sex, first, "10"), *others], "let", newcomer=True)

    def _lone_parent(self) -> Family:
        head = Member(HEAD, FEMALE if self._dice.random() < 0.8 else MALE, self._born(28, 55), "40")
        children = self._children(head, 2) or [Member(DAUGHTER, FEMALE, head.born + timedelta(days=26 * 365), "10", "head")]
        for one in children:
            one.surname = "head" if head.sex == MALE or self._dice.random() < 0.3 else "mate"
        return self._home([head, *children], 0.3, 0.3)
