"""The journal (流水): a line outside the database for every committed entry, so that a row deleted before it was sealed is missed.

One file a day (UTC) and machine, `journal-YYYYMMDD-<machine>.jsonl`, a line `[id, mark]`, written just after the commit and not waited for
on the disk: a line may be lacking when the process or the machine died in that moment (the row's mark still proves it genuine), but no line
stands for a row that was never committed. The sealer drops a file when the chain holds all its rows.
"""

import json
import platform
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from django.utils import timezone

from shequtong.audit.folder import append, folder

_NAME = re.compile(r"journal-(\d{8})-.+\.jsonl")
_MACHINE = re.sub(r"[^A-Za-z0-9.]", "-", platform.node()) or "machine"


def witness(entry_id: int, mark: str) -> None:
    """Write down that this entry was committed."""
    day = timezone.now().astimezone(UTC)
    append(folder() / f"journal-{day:%Y%m%d}-{_MACHINE}.jsonl", json.dumps([entry_id, mark]), durable=False)


def files() -> list[tuple[date, Path]]:
    """The journal's files with their days, oldest first."""
    found = ((_NAME.fullmatch(path.name), path) for path in folder().iterdir())
    dated = [(datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=UTC).date(), path) for match, path in found if match]
    return sorted(dated)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """(entry id, mark) of one file; a line torn by a crash is passed over."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                entry_id, mark = json.loads(line)
                yield int(entry_id), str(mark)
            except (ValueError, TypeError):
                continue
