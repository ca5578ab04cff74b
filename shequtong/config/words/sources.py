"""Which strings the code and the templates show (文字来源)."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE: Path = settings.BASE_DIR / "shequtong"
KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    "_": None,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_PASSED_OVER = frozenset({"tests", "testing", "migrations"})


@dataclass
class Source:
    """One string as the code has it, and the files it stands in."""

    msgid: str
    context: str | None = None
    plural: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue finds it by."""
        return self.context or "", self.msgid


def sources(package: Path = PACKAGE) -> dict[tuple[str, str], Source]:
    """Every string shown by the code and the templates below `package`, by context and msgid."""
    found: dict[tuple[str, str], Source] = {}
    for path in shown_files(package):
        for one in of_file(path):
            kept = found.setdefault(one.key, one)
            kept.plural = kept.plural or one.plural
            kept.files.add(path.relative_to(package.parent).as_posix())
    return found


def shown_files(package: Path = PACKAGE) -> Iterator[Path]:
    """Python files and templates that speak to people: no tests, no migrations."""
    for pattern in ("*.py", "*.html", "*.txt"):
        for path in sorted(package.rglob(pattern)):
            inside = path.relative_to(package).parts
            if not _PASSED_OVER & {*inside, path.stem} and (path.suffix == ".py" or "templates" in inside):
                yield path


def of_file(path: Path) -> Iterator[Source]:
    """The strings of one file."""
    text = path.read_text(encoding="utf-8")
    return of_python(text) if path.suffix == ".py" else of_template(text)


def of_template(text: str) -> Iterator[Source]:
    """The strings of a template: trans, blocktrans, and `_("…")` in tags and filters."""
    # What templatize leaves of a template is blanked text and calls; its indentation means nothing and would confuse Python.
    return of_python("\n".join(line.strip() for line in templatize(text).splitlines()))


def of_python(text: str) -> Iterator[Source]:
    """The strings of Python source. A call whose argument is no literal has none; the architecture tests refuse it."""
    from babel.messages.extract import extract  # a tool of developers: not there in production, where `compile` is enough

    for _line, msgid, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}):
        single, plural = (msgid[0], msgid[1]) if isinstance(msgid, tuple) else (msgid, "")
        if single:
            yield Source(single, context or None, plural)


def placeholders(text: str) -> set[str]:
    """The names of the placeholders of a string; one without a name stands as it is written."""
    named = re.findall(r"%\(([a-z_]+)\)\d*[sd]|\{([a-z_]+)\}", text)
    return {percent or brace for percent, brace in named} | set(re.findall(r"%[sdifr](?![a-z])|\{\}", text))
