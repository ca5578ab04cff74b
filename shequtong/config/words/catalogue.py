"""The one catalogue (译文目录): made from the sources, what is already translated, and the fragments that areas hand in."""

from pathlib import Path

import polib
from django.conf import settings

from shequtong.config.words.sources import Source

CATALOGUE: Path = settings.BASE_DIR / "shequtong" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
FRAGMENTS: Path = settings.BASE_DIR / "docs" / ".po"
HEADER = {
    "Project-Id-Version": "shequtong",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
Key = tuple[str, str]


def key_of(entry: polib.POEntry) -> Key:
    """Context and msgid."""
    return entry.msgctxt or "", entry.msgid


def read(path: Path = CATALOGUE) -> polib.POFile:
    """The catalogue as it is; an empty one when there is none."""
    return polib.pofile(str(path), encoding="utf-8", wrapwidth=120) if path.exists() else polib.POFile(wrapwidth=120)


def fragments(folder: Path = FRAGMENTS) -> dict[Key, str]:
    """What areas translated since the last gathering; the first in order of file name stands."""
    found: dict[Key, str] = {}
    for path in sorted(folder.glob("*.po")) if folder.is_dir() else []:
        for entry in read(path):
            words = words_of(entry)
            if words and not entry.obsolete:
                found.setdefault(key_of(entry), words)
    return found


def words_of(entry: polib.POEntry) -> str:
    """The Chinese of an entry; Chinese has one form for every number."""
    return str(entry.msgstr or entry.msgstr_plural.get(0, ""))


def gathered(sources: dict[Key, Source], known: polib.POFile, handed_in: dict[Key, str]) -> polib.POFile:
    """A catalogue of exactly the sources, in one order. Without line numbers and dates it changes only when words do."""
    before = {key_of(entry): words_of(entry) for entry in known if not entry.obsolete and not entry.fuzzy}
    made = polib.POFile(wrapwidth=120)
    made.metadata = HEADER
    for key in sorted(sources, key=lambda each: (each[1], each[0])):
        source = sources[key]
        words = handed_in.get(key) or before.get(key, "")
        entry = polib.POEntry(
            msgid=source.msgid, msgctxt=source.context, occurrences=[(name, "") for name in sorted(source.files)]
        )
        if source.plural:
            entry.msgid_plural, entry.msgstr_plural = source.plural, {0: words}
        else:
            entry.msgstr = words
        if "%(" in source.msgid:
            entry.flags.append("python-format")
        made.append(entry)
    return made


def compiled(path: Path = CATALOGUE) -> Path:
    """Write the binary catalogue that Django reads beside `path`; where it is."""
    target = path.with_suffix(".mo")
    read(path).save_as_mofile(str(target))
    return target
