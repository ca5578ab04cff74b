"""The table of standards as a workbook (立结案标准表导出): a sheet a kind, in the columns that reading understands."""

import io
from collections.abc import Iterable

import xlsxwriter

from shequtong.cases.standards.headings import HEADINGS, KIND_WORDS, NO, TREE_WORDS, YES
from shequtong.cases.standards.lines import Kind, Line
from shequtong.core.clock import ClockKind, Limit
from shequtong.core.clock.spoken import Unclear, spoken

_COLUMNS: tuple[tuple[str, int], ...] = (
    ("class_code", 10), ("tree", 16), ("kind", 8), ("major_code", 9), ("major", 16), ("minor", 20), ("residents", 9), ("example", 30), ("row", 8),
    ("register_condition", 40), ("limit", 14), ("close_condition", 24), ("handling_unit", 28), ("supervising_unit", 24),
    ("legal_basis", 40), ("collection", 40), ("after_photo_required", 11), ("answer_required", 9), ("confirm_required", 9),
    ("answer_approval", 9), ("is_example", 7),
)  # fmt: skip
# As the tables write them; spoken.py reads them back.
_UNITS = {"urgent_hours": "紧急工作时", "work_hours": "工作时", "work_days": "工作日", "calendar_days": "自然日"}


def limit_words(amount: int, kind: str, note: str = "") -> str:
    """A limit as it is typed into a table, e.g. 2紧急工作时(制止). A note with a limit of its own, an earlier step, stands before it."""
    whole = f"{amount}{_UNITS[kind]}"
    if not note:
        return whole
    return f"{whole}({note})" if spoken(note) is Unclear.NO_NUMBER else f"{note}，{whole}"


def stage_limit_words(limit: Limit) -> str:
    """A limit that may be of minutes, as it is typed: 15分钟, 30紧急分钟, 8工作时; spoken.py reads it back as the same."""
    if not limit.extra_minutes:
        return limit_words(limit.amount, limit.kind.value)
    if limit.kind in (ClockKind.URGENT_HOURS, ClockKind.CALENDAR_DAYS):
        return f"{limit.minutes}紧急分钟"
    return f"{limit.minutes}分钟"


def write_table(lines: Iterable[Line], *, footer: str) -> bytes:
    """The workbook; `footer` says who took it out and when."""
    target = io.BytesIO()
    # Text stays text: what begins with = is no formula, what looks like a link is none.
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    by_kind: dict[str, list[Line]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    for kind, own in by_kind.items():
        sheet = book.add_worksheet(KIND_WORDS[Kind(kind)])
        sheet.freeze_panes(1, 0)
        sheet.set_footer("&L" + footer.replace("&", "&&")[:200])
        for place, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, HEADINGS[name][0], head)
        for row, line in enumerate(own, start=1):
            for place, (name, _width) in enumerate(_COLUMNS):
                sheet.write_string(row, place, _shown(line, name), cell)
    if not by_kind:
        book.add_worksheet()
    book.close()
    return target.getvalue()


def _shown(line: Line, name: str) -> str:
    match name:
        case "class_code":
            return line.code
        case "kind":
            return KIND_WORDS[Kind(line.kind)]
        case "tree":
            return TREE_WORDS.get(line.tree, (line.tree,))[0]
        case "major_code":
            return line.group_code
        case "major":
            return line.group_name
        case "minor":
            return line.name
        case "residents":
            return {"yes": YES, "no": NO}.get(line.residents, "")
        case "limit":
            return limit_words(line.limit_amount, line.limit_kind, line.limit_note)
        case _:
            value = getattr(line, name)
            return {True: YES, False: NO}[value] if isinstance(value, bool) else str(value)
