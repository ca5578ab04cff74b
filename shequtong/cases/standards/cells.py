"""Single cells of a table of standards (单元格读法): yes and no, a code before a name, a law with its article."""

import re

from shequtong.cases.standards.headings import NO, YES
from shequtong.cases.standards.lines import Kind

FLAGS = ("after_photo_required", "answer_required", "confirm_required", "answer_approval")
_CODE_BEFORE = re.compile(r"[(\[（【]?(\d{2,4})[)\]）】]?[\s、.．:：-]*(\D.*)")


def flags(values: dict[str, str], kind: Kind) -> dict[str, bool]:
    """Yes and no; a thing or a happening in the street is shown mended by a photo unless the table says otherwise."""
    usual = {"after_photo_required": kind is not Kind.MATTER, "answer_required": True}
    return {name: {YES: True, NO: False}.get(values.get(name, ""), usual.get(name, False)) for name in (*FLAGS, "is_example")}


def row_number(text: str) -> int:
    """A row number as a table shows it; 0 for what is none."""
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else 0


def code_before(text: str) -> str:
    """A code that stands before a name, e.g. 01 of “01 上水井盖”; "" for none."""
    found = _CODE_BEFORE.fullmatch(text)
    return found[1] if found else ""


def name_of(text: str) -> str:
    """The name without the code before it."""
    found = _CODE_BEFORE.fullmatch(text)
    return found[2] if found else text


def law(title: str, article: str) -> str:
    """A law and its article as one text."""
    if not (title and article):
        return title or article
    return title + ("" if title[-1] in "；;。.，," else "；") + article
