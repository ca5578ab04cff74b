"""Citizens' messages of another site (网络问政留言) as rows: read from CSV, timed, placed. Pure; the file's own words stay as they are."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

COLUMNS = ("row_id", "message_id", "time", "title", "body", "label")


class BadFile(Exception):
    """The file is not of the shape the command reads."""


@dataclass(frozen=True)
class Message:
    """One message: `written_at` in the site's own zone. `message_id` is its own; a `row_id` can stand twice."""

    row_id: str
    message_id: str
    written_at: datetime
    title: str
    body: str
    label: str

    @property
    def text(self) -> str:
        """Title and body as a resident would have typed them into one field."""
        return f"{self.title.strip()}\n{self.body.strip()}".strip()


def read_messages(path: Path, zone: ZoneInfo) -> Iterator[Message]:
    """Messages of a CSV file (gzip or plain). Raises BadFile naming the line that cannot be read."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise BadFile(f"columns are missing: {', '.join(missing)}")
    for row in rows:
        try:
            written_at = datetime.fromisoformat(row["time"]).replace(tzinfo=zone)
        except ValueError as error:
            raise BadFile(f"line {rows.line_num}: {row['time']!r} is no time") from error
        yield Message(row["row_id"], row["message_id"], written_at, row["title"], row["body"], row["label"])


def weeks_to_yesterday(last: datetime, now: datetime) -> timedelta:
    """The whole weeks that bring `last` as near to yesterday as its weekday allows: yesterday, or one of the six days before it."""
    today = now.astimezone(last.tzinfo).date()
    return timedelta(weeks=((today - timedelta(days=1)) - last.date()).days // 7)


def drawn_from(identifier: str, count: int) -> int:
    """A position below `count`, drawn from an identifier: the same on every run and machine."""
    return int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:8], "big") % count
