"""Which class and which place an order means (归类与定位): learned from earlier orders, else by the words; what is not found is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shequtong.cases.catalogue import Class, catalogue, open_classes
from shequtong.cases.hotline.orders import Order
from shequtong.cases.models import WorkOrder
from shequtong.cases.places import SERVED
from shequtong.territory.address import search_buildings
from shequtong.territory.units import UnitRef, under

_LEARNED_FROM = 500  # orders imported last
# Words of the hotline's categories -> words in the name of a class of ours, the first that holds wins.
_ALIKE = (
    (("井盖",), ("井盖",)),
    (("路灯", "照明", "楼道灯"), ("灯",)),
    (("垃圾", "环境卫生", "市容环卫"), ("垃圾",)),
    (("道路", "路面"), ("道路",)),
    (("停车", "占道停"), ("停车", "停放", "占道")),
    (("噪音", "噪声", "扰民"), ("噪",)),
    (("物业",), ("物业",)),
    (("漏水", "渗水"), ("漏水", "渗")),
    (("欠薪", "工资", "劳动"), ("欠薪", "劳动", "工资")),
    (("消费", "食品"), ("消费", "食品")),
    (("邻里", "纠纷"), ("纠纷", "邻里")),
)


def suggested(wanted: Iterable[tuple[str, ...]], subdistrict: int) -> dict[tuple[str, ...], str]:
    """A class code for each of these groups, "" where none suggests itself. One statement."""
    learned: dict[tuple[str, ...], str] = {}
    rows = WorkOrder.objects.filter(subdistrict=subdistrict).order_by("-id").values_list("categories", "case__case_class")
    for categories, class_id in rows[:_LEARNED_FROM]:
        kind = catalogue().classes.get(class_id)
        if kind is not None and not kind.ended:
            learned.setdefault(tuple(categories), kind.code)
    classes = list(open_classes())
    codes = {kind.code for kind in classes}
    learned.pop((), None)  # without categories each order is another matter
    return {each: _of_words(each, codes) or learned.get(each) or _by_words(each, classes) for each in wanted}


def _of_words(group: tuple[str, ...], codes: set[str]) -> str:
    """The class that the words of orders without categories suggested."""
    return group[1] if len(group) == 2 and not group[0] and group[1] in codes else ""


def guessed(text: str) -> str:
    """The class that the words of an order name, the longest name first; "" where none does. No statement."""
    classes = sorted(open_classes(), key=lambda kind: (-len(kind.name), kind.code))
    named = next((kind.code for kind in classes if len(kind.name) > 1 and kind.name in text), "")
    return named or _alike(text, classes)


def _by_words(categories: tuple[str, ...], classes: list[Class]) -> str:
    """By the deepest level that names a class, or something alike."""
    for level in reversed(categories):
        named = next((kind.code for kind in classes if kind.name in level or level in kind.name), "")
        if named:
            return named
        if alike := _alike(level, classes):
            return alike
    return ""


def _alike(text: str, classes: list[Class]) -> str:
    for words, ours in _ALIKE:
        if any(word in text for word in words):
            alike = [kind for our in ours for kind in classes if our in kind.name]
            if alike:
                return min(alike, key=lambda kind: len(kind.name)).code
    return ""


@dataclass(frozen=True)
class Spotted:
    """Where an order lies: a building, or a unit with the address as it is written; or why it is not known."""

    building_id: int | None = None
    unit_path: str = ""
    shown: str = ""
    why: str = ""


def spotted(order: Order, subdistrict: int) -> Spotted:
    """By its address among the buildings, else by the community or grid it names. Two statements at most."""
    found = search_buildings(order.address, (subdistrict,), limit=1) if order.address else []
    if found and found[0].exact:
        return Spotted(building_id=found[0].building_id, shown=found[0].label)
    named = _named(subdistrict, order.unit, order.address, order.text)
    if named is not None:
        return Spotted(unit_path=named.path, shown=named.name)
    if not order.address:
        return Spotted(why=_("There is no address, and no community of this subdistrict is named."))
    return Spotted(why=_("The address was not found, and no community of this subdistrict is named."))


def _named(subdistrict: int, *texts: str) -> UnitRef | None:
    """The smallest unit whose name a text holds; the first text that names one decides."""
    units = [one for one in under(_root(subdistrict)) if one.kind in SERVED and one.subdistrict == subdistrict]
    communities = [one for one in units if one.kind == "community"]
    for text in texts:
        community = next((one for one in communities if one.name in text), None)
        if community is not None:
            inside = [one for one in units if one.path.startswith(community.path) and one.path != community.path]
            return next((one for one in inside if one.name in text), community)
    return None


def _root(subdistrict: int) -> str:
    return next((one.path for one in under("") if one.kind == "subdistrict" and one.subdistrict == subdistrict), "?")
