"""The words of placeholders (占位词): what stands between {{ and }} in a template. Fields are called as an import knows them, so one vocabulary serves both ways. Pure.

{{街道}} {{月份}} {{本月新增}}        words of the sheet          {{人数:老年人·80岁以上}}     how many
{{行:老年人}} in a cell of one row   that row once for each      {{姓名}} {{残疾等级}}        facts, in that row alone
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final, NamedTuple

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.core.refusals import Refusal
from shequtong.interchange.people_in.fields import HEADINGS, bare
from shequtong.interchange.sheets_out.targets import is_known
from shequtong.people import codes
from shequtong.people.facts import SETS

MARK: Final = re.compile(r"(?:\{\{|｛｛)(.*?)(?:\}\}|｝｝)", re.DOTALL)
SCALARS: Final[dict[str, str | Promise]] = {
    "单位": gettext_lazy("the unit the sheet is filled for"),
    "街道": gettext_lazy("its subdistrict"),
    "社区": gettext_lazy("its community; in a row of persons, the community of their home"),
    "月份": gettext_lazy("year and month in words"),
    "年": gettext_lazy("the year of the month"),
    "月": gettext_lazy("the number of the month"),
    "制表日期": gettext_lazy("the day the sheet is made"),
    "填表人": gettext_lazy("who has it filled"),
    "户数": gettext_lazy("households on record"),
    "人数": gettext_lazy("persons on record; how to narrow them stands below"),
    "本月新增": gettext_lazy("births and arrivals recorded in the month"),
    "本月减少": gettext_lazy("deaths and departures recorded in the month"),
    "本月出生": gettext_lazy("births recorded in the month"),
    "本月死亡": gettext_lazy("deaths recorded in the month"),
    "本月迁入": gettext_lazy("who began to live here, recorded in the month"),
    "本月迁出": gettext_lazy("who ended to live here, recorded in the month"),
    "行数": gettext_lazy("rows of the list in this worksheet"),
    "新增行数": gettext_lazy("rows that the sheet before did not have"),
    "变更行数": gettext_lazy("rows of which something differs from the sheet before"),
    "减少行数": gettext_lazy("rows of the sheet before that are gone"),
}
EXTRAS: Final[dict[str, str | Promise]] = {
    "序号": gettext_lazy("1, 2, 3 …"),
    "年龄": gettext_lazy("full years, on the last day of the month or today"),
    "网格": gettext_lazy("the grid of the home"),
    "社区": gettext_lazy("the community of the home"),
    "最近核实日期": gettext_lazy("when somebody last confirmed it"),
    "变动": gettext_lazy("new, or what has changed; without it a column is added at the right"),
}
UNITS: Final = {"社区": "community", "网格": "grid"}  # {{行:社区}}: a row for each of them
_UNIT_ROW: Final = ("序号", "单位", "社区", "网格", "变动", "户数", *(word for word in SCALARS if word.startswith("本月")))
_MARKS: Final = {
    "老年人": "elderly",
    "残疾人": "disability",
    "困难救助": "hardship",
    "困难人员": "hardship",
    "救助对象": "hardship",
    "留守人员": "left_behind",
    "关爱对象": "left_behind",
    "生育托育": "family",
    "就业": "employment",
    "就业人员": "employment",
    "党员": "party",
    "流动登记": "migrant",
    "独居": "alone",
    "需要关照": "care",
}
_POPULATION: Final = {"户籍人口": "01", "流动人口": "02", "境外人员": "03"}
_SEX: Final = {"男": "1", "男性": "1", "女": "2", "女性": "2"}
_EVERYBODY: Final = frozenset({"全部", "全部人员", "所有人员", "实有人口"})
FILTERS: Final = (*_MARKS, *_POPULATION, "男", "女", "80岁以上", "未满18岁", "60-79岁", "全部")
_FROM, _BELOW = re.compile(r"(\d{1,3})周?岁及?以上"), re.compile(r"(?:(\d{1,3})周?岁以下|未满(\d{1,3})周?岁)")
_BETWEEN, _APART = re.compile(r"(\d{1,3})周?岁?[-–—~至到](\d{1,3})周?岁"), re.compile(r"[·•・、,，;；+&\s]+")


class UnknownWord(Refusal):
    """Nothing is called so."""


class Filter(NamedTuple):
    """Who is counted or listed; ages in full years, `below` not included. `units`: no persons but a row for each unit of the kind."""

    marks: tuple[str, ...] = ()
    at_least: int | None = None
    below: int | None = None
    population: str = ""
    sex: str = ""
    units: str = ""


EVERYBODY: Final = Filter()


@dataclass(frozen=True)
class Mark:
    """One placeholder understood. `kind`: scalar, count, row, field, extra; `word` its target, `filter` whom it is about."""

    kind: str
    word: str
    filter: Filter = EVERYBODY


def understood(text: str, row: Filter | None = None) -> Mark:
    """What stands between the braces; `row` is the filter of the repeated row it stands in. Raises UnknownWord."""
    plain = unicodedata.normalize("NFKC", text).strip()
    head, colon, rest = (part.strip() for part in plain.partition(":"))
    if colon and head == "人数":
        return Mark("count", "", filter_of(rest))
    if colon and head == "行":
        return Mark("row", "", Filter(units=UNITS[rest]) if rest in UNITS else filter_of(rest))
    if plain == "人数":
        return Mark("count", "")
    if row is not None and plain in (_UNIT_ROW if row.units else EXTRAS):
        return Mark("extra", plain)
    if plain in SCALARS:
        return Mark("scalar", plain)
    if row is not None and row.units and _target(plain, ()):
        raise UnknownWord(_("In a row of units there are no facts of persons."))
    if row is not None and (target := _target(plain, row.marks)):
        return Mark("field", target)
    if row is None and (plain in EXTRAS or _target(plain, ())):
        raise UnknownWord(
            _("This belongs into the row that is repeated; write %(example)s into its first cell.") % {"example": "{{行:老年人}}"}
        )
    raise UnknownWord(_unknown(plain, (*SCALARS, *EXTRAS, *HEADINGS, *_set_words()[0])))


def _unknown(plain: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(plain, known, n=1, cutoff=0.5)
    if near:
        return _("“%(word)s” is not known. Do you mean “%(near)s”?") % {"word": plain[:30], "near": near[0]}
    return _("“%(word)s” is not known.") % {"word": plain[:30]}


def filter_of(text: str) -> Filter:
    """老年人·80岁以上·女 as a filter. Raises UnknownWord."""
    found = Filter()
    for word in (part for part in _APART.split(text.strip()) if part):
        found = _narrowed(found, word)
    if len(found.marks) > 3:
        raise UnknownWord(_("At most three sets may be named at once."))
    if not text.strip():
        raise UnknownWord(_("Say whom, as in %(example)s.") % {"example": "{{人数:老年人}}"})
    return found


def _narrowed(found: Filter, word: str) -> Filter:
    if word in _MARKS:
        return found._replace(marks=tuple(dict.fromkeys((*found.marks, _MARKS[word]))))
    if word in _POPULATION:
        return found._replace(population=_POPULATION[word])
    if word in _SEX:
        return found._replace(sex=_SEX[word])
    if match := _FROM.fullmatch(word):
        return found._replace(at_least=int(match[1]))
    if match := _BELOW.fullmatch(word):
        return found._replace(below=int(match[1] or match[2]))
    if match := _BETWEEN.fullmatch(word):
        return found._replace(at_least=int(match[1]), below=int(match[2]) + 1)
    if word in _EVERYBODY:
        return found
    raise UnknownWord(_unknown(word, FILTERS))


def _target(word: str, marks: tuple[str, ...]) -> str:
    """The fact a word names: name, elderly.living; "" for none. Of sets that call two facts alike, the row's own is meant."""
    before, dot, last = word.rpartition("·")
    if dot and before in _MARKS:
        marks, word = (_MARKS[before],), last
    by_word, ambiguous = _set_words()
    key = bare(word)
    for mark in marks:
        if key in by_word and (found := f"{mark}.{by_word[key].get(mark, '')}") and not found.endswith("."):
            return found
    if dot and before in _MARKS:
        return ""
    if is_known(HEADINGS.get(key, "")):
        return HEADINGS[key]
    held = by_word.get(key, {})
    if key in ambiguous:
        raise UnknownWord(
            _("Several sets have “%(word)s”. Say which, as in %(example)s.")
            % {"word": word[:30], "example": "{{残疾人·享受补贴}}"}
        )
    return next((f"{name}.{fact}" for name, fact in held.items()), "")


@cache
def _set_words() -> tuple[dict[str, dict[str, str]], frozenset[str]]:
    """Word -> set -> fact, by the labels of both languages; and the words that several sets share."""
    found: dict[str, dict[str, str]] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for kind in SETS:
                for fact in kind.facts:
                    found.setdefault(bare(str(fact.label)), {})[kind.name] = fact.name
    return found, frozenset(word for word, sets in found.items() if len(sets) > 1)


def filter_text(one: Filter) -> str:
    """A filter in the words it is written with."""
    said = {code: word for word, code in reversed([*_MARKS.items(), *_POPULATION.items()])}
    parts = [said[mark] for mark in one.marks]
    parts += [said[one.population]] if one.population else []
    parts += [codes.word("sex", one.sex)] if one.sex else []
    if one.at_least is not None and one.below is not None:
        parts.append(f"{one.at_least}-{one.below - 1}岁")
    elif one.at_least is not None:
        parts.append(f"{one.at_least}岁以上")
    elif one.below is not None:
        parts.append(f"未满{one.below}岁")
    return "·".join(parts) or "全部"
