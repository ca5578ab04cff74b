"""An address read into its parts (地址解析): street, house number, compound, building, entrance, room. Pure, no gazetteer.

Element names follow GA/T 2000.32 (41 街路巷, 42 小区 …). What no rule knows stays in `rest`; search looks at it, too.
"""

import re
from typing import NamedTuple

from shequtong.territory.address.normal import normal

_HAN = r"[\u3400-\u9fff]"
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|"
    "内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
# What an address goes down through before its street; 小区, 园区 and 新村 end alike but are places to live or work.
_ADMIN = re.compile(
    rf"^(?:中国|(?:{_PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?(?![东西南北中]?[大路街])"
    rf"|{_HAN}{{2,5}}?(?:市(?![场政民])|自治州|地区)"
    rf"|{_HAN}{{1,5}}?(?<![小园社校业发新工商景战地军山住辖城库片])(?:区|县(?!城)|旗(?!杆))"
    rf"|{_HAN}{{1,6}}?(?:街道(?:办事处)?|镇(?![路街道巷政]|工业)|乡(?![村路政]))"
    rf"|{_HAN}{{1,6}}?(?:社区(?:居委会)?|居委会|村委会|村民委员会|(?<![新一二三四五六七八九十])村(?![路街道巷东西南北中前后口民委组])))\s*"
)
_STREET = re.compile(rf"(?:{_HAN}|\d|[a-z]){{1,16}}?(?:大道|公路|大街|胡同|路(?!口)|街(?!道|坊)|巷|弄(?!\d)|道(?=\d))")
# Where the name of a street may begin: behind what names an area, or behind a word of telling (我家在…).
_BEFORE_STREET = re.compile(
    rf"(?<={_HAN})(?:[省市区县镇乡村]|工业园|科技园|产业园|街道|社区)(?![东西南北中前后心场府政]|区)(?={_HAN}{{2}})|(?:位于|就在|住在|家在|在)"
)
_MORE_STREET = re.compile(rf"^({_HAN}{{0,3}}?(?:支路|支弄|段|巷|弄|街(?!道|坊)|路(?!口))|[东西南北](?=\d))\s*(?=\d)")
_NUMBER = r"[a-z]?\d+[a-z]?"
_LANE = re.compile(rf"^({_NUMBER}(?:-\d+)?[弄巷])(?:({_NUMBER})号(?!楼|幢))?\s*")
_HOUSE = re.compile(
    rf"^(?:第)?({_NUMBER}(?:-\d+)*)(?:号(?!楼|幢)|(?=\s|$|(?![幢栋单室层楼期组号#米]){_HAN}))(?:(?:旁|对面|附近|隔壁|门口)(?=\s|$))?\s*"
)
_CHAIN = re.compile(r"^(\d{1,3}|[a-z]\d{0,2})(?:幢)?-(?:(\d{1,2})(?:单元)?-)?(\d{2,5}[a-z]?)(?:室|(?![\da-z-]))")
_BUILDING = re.compile(
    r"((?:[a-z]-?)?\d{1,4}[a-z]?|[a-z]{1,2})幢|(\d{1,4})楼(?=\d{3,4}|\d单元)|([a-z]\d{0,2})楼|(?<=[苑园区村庭寓邸厦城])(\d{1,3})号(?!楼|幢|\d)"
)
_ENTRANCE = re.compile(rf"({_NUMBER}|[甲乙丙丁])(?:单元|梯)")
_FLOOR = re.compile(r"(\d{1,3})(?:楼|层|f)")
_ROOM = re.compile(
    r"(?<![\d-])([a-z]?\d{2,5}[a-z]?)(?:号?室|房|号房)|(?:(?<=[幢元楼层f\s])|(?<=[厦城园苑心场]))-?([a-z]?\d{3,5}[a-z]?|\d{2})(?:号|室)?$"
)
_NAME = rf"(?:(?!{_NUMBER}幢|[a-z]{{1,2}}幢)(?:{_HAN}|[a-z](?=[a-z]*{_HAN})))+"
_COMPOUND = re.compile(rf"^\s*({_NAME}(?:\d期)?(?:(?:[a-z]|\d{{1,2}})区)?|[a-z]{{2,}})")
_BARE = re.compile(r"^\s*([a-z]?\d{1,3}[a-z]?)\s*$")


class AddressParts(NamedTuple):
    """The parts in normal writing ("3幢" whatever was written), "" where not said. `rest` is what was not understood."""

    street: str = ""
    house_no: str = ""
    compound: str = ""
    building: str = ""
    entrance: str = ""
    room: str = ""
    rest: str = ""


def parse_address(text: str) -> AddressParts:
    """The parts of an address; never raises. 枫桥路12号名城花园三栋2单元501 -> 枫桥路, 12号, 名城花园, 3幢, 2单元, 501."""
    left = _without_admin(normal(text)[:200])
    before, street, left = _street(left)
    lane_building = house_no = ""
    if street:
        house_no, lane_building, left = _house(left)
    compound, building, entrance, room, left = _inside(left)
    if not street and not building and (found := _HOUSE.match(left)):
        house_no, left = f"{found[1]}号", left[found.end() :]
    if not compound and before.strip():
        compound, before = before.strip(), ""
    rest = " ".join(f"{before} {left}".split())
    return AddressParts(street, house_no, compound, building or lane_building, entrance, room, rest)


def _without_admin(text: str) -> str:
    """Province, city, district, street office and community are said by the tree of units, not by the address."""
    while (found := _ADMIN.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return text


def _street(text: str) -> tuple[str, str, str]:
    found = _STREET.search(text)
    if not found:
        return "", "", text
    name, start = found[0], 0
    for mark in _BEFORE_STREET.finditer(name):
        start = mark.end()
    street, after = name[start:], text[found.end() :]
    if more := _MORE_STREET.match(after):
        street, after = street + more[1].strip(), after[more.end() :]
    # an area in front of the street says nothing that the tree of units does not
    return text[: found.start()] if not start else "", street, after.lstrip()


def _house(text: str) -> tuple[str, str, str]:
    """House number, the building where a lane's number is one (591弄10号), and what is left."""
    if lane := _LANE.match(text):
        return lane[1], f"{lane[2]}幢" if lane[2] else "", text[lane.end() :]
    found = _HOUSE.match(text)
    return (f"{found[1]}号", "", text[found.end() :]) if found else ("", "", text)


def _inside(text: str) -> tuple[str, str, str, str, str]:
    """Compound, building, entrance, room and what is left, from what stands after the house number."""
    compound = ""
    if found := _COMPOUND.match(text):
        compound, text = found[1], text[found.end() :].lstrip()
    if chain := _CHAIN.match(text):
        building, entrance = f"{chain[1]}幢", f"{chain[2]}单元" if chain[2] else ""
        return compound, building, entrance, chain[3], text[chain.end() :]
    if bare := _BARE.match(text):
        return compound, f"{bare[1]}幢", "", "", ""
    tail = compound[-1:] + text  # a rule may ask what stands before
    building, tail = _take(_BUILDING, tail, "{}幢")
    entrance, tail = _take(_ENTRANCE, tail, "{}单元")
    room, tail = _take(_ROOM, tail, "{}")
    _floor, tail = _take(_FLOOR, tail, "{}")
    return compound, building, entrance, room, tail[len(compound[-1:]) :].strip()


def _take(pattern: re.Pattern[str], text: str, shape: str) -> tuple[str, str]:
    """The first match put into `shape`, and the text without it (a blank stays, so that neighbours do not grow together)."""
    found = pattern.search(text)
    if not found:
        return "", text
    value = next(group for group in found.groups() if group)
    return shape.format(value), f"{text[: found.start()]} {text[found.end() :]}"
