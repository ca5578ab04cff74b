"""The process that opens workbooks (报表进程的门): asked from here, its refusals in words a clerk understands."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal

MAX_BYTES = 5 << 20
_MODULE = "shequtong.interchange.sheets_out.process"


class CannotReadSheet(Refusal):
    """The file is no template that can be filled."""


def looked(content: bytes) -> dict[str, Any]:
    """What stands in a workbook. Raises CannotReadSheet."""
    if len(content) > MAX_BYTES:
        raise CannotReadSheet(_words("bytes", [MAX_BYTES >> 20]))
    found: dict[str, Any] = json.loads(_asked("look", content))
    return found


def filled(content: bytes, order: dict[str, Any]) -> bytes:
    """The workbook filled as ordered. Raises CannotReadSheet."""
    return _asked("fill", json.dumps(order, ensure_ascii=True).encode() + b"\n" + content)


def _asked(what: str, told: bytes) -> bytes:
    argv = [sys.executable, "-P", "-m", _MODULE, what]
    env = {"PYTHONPATH": str(Path(settings.BASE_DIR)), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(argv, env=env, input=told, capture_output=True, check=False)  # noqa: S603  # our own program
    answer = done.stdout
    if answer.startswith(b'{"refused"'):
        refused = json.loads(answer)
        raise CannotReadSheet(_words(refused["refused"], refused["told"]))
    if done.returncode != 0 or not answer:
        raise CannotReadSheet(_words("large", []))
    return answer


def _words(code: str, told: list[Any]) -> str:
    n = {"n": told[0] if told else 0}
    where = {"sheet": told[0], "cell": told[1]} if code == "formula" else {"name": told[0]} if code == "name" else {}
    return {
        "bytes": _("The file is larger than %(n)s MB. A template holds headings and one row to repeat, not a year of data."),
        "large": _("The workbook is too large to be a template. Delete sheets, rows and pictures that are not needed."),
        "empty": _("There is nothing in this file."),
        "encrypted": _("The file is protected by a password. Open it, save it without one, and send that."),
        "damaged": _("The file is damaged and cannot be opened. Open it, save it as .xlsx, and send that."),
        "macro": _("The workbook holds macros. Save it as .xlsx without them, and send that."),
        "external": _("The workbook reads from other files or holds other files. Take those links out, and send it again."),
        "charts": _(
            "The workbook holds charts or drawn shapes, which a filled sheet cannot keep. Delete them, and send it again."
        ),
        "sheets": _("A template has at most %(n)s sheets."),
        "marks": _("A template has at most %(n)s placeholders."),
        "name": _("The name “%(name)s” stands for a formula that reaches out of the workbook or runs something. Delete it."),
        "unfit": _(
            "Something in this workbook is built in a way that cannot be filled. Save its cells into a new workbook, and send that."
        ),
        "formula": _("The formula at %(sheet)s!%(cell)s reaches out of the workbook or runs something. Take it out."),
    }.get(code, _("The file is no .xlsx workbook. Open it, save it as .xlsx, and send that.")) % {**n, **where}
