"""What may be wrong with the words (译文检查): said in one line each, so that a check can print and a test can count them."""

import re
from collections.abc import Iterator

import polib

from shequtong.config.words.catalogue import Key, key_of, words_of
from shequtong.config.words.sources import Source, placeholders

CJK = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
# Chinese as well: names that are written in Latin letters, and marks.
SAME_IN_CHINESE = frozenset(
    {"English", "TOTP", "Chrome", "Edge", "Firefox", "Mac", "Safari", "iPad", "iPhone"},
)
# Examples of what is typed are Chinese in every language.
TYPED_EXAMPLES = ("枫桥路12号3幢",)


def faults(sources: dict[Key, Source], catalogue: polib.POFile) -> list[str]:
    """Everything that is wrong, in the order of the catalogue; empty when all is well."""
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    found = [
        f"missing: {_named(key)} in {', '.join(sorted(sources[key].files))}" for key in sorted(sources.keys() - entries.keys())
    ]
    found += [f"obsolete: {_named(key)}" for key in sorted(entries.keys() - sources.keys())]
    found += [f"obsolete: {entry.msgid!r}" for entry in catalogue if entry.obsolete]
    found += [f"Chinese in the source: {_named(key)}" for key in sorted(sources) if CJK.search(_without_examples(key[1]))]
    for key in sorted(entries):
        found += [f"{fault}: {_named(key)}" for fault in _of_entry(entries[key])]
    return found


def _of_entry(entry: polib.POEntry) -> Iterator[str]:
    words = words_of(entry)
    if entry.fuzzy:
        yield "fuzzy"
    if not words.strip():
        yield "untranslated"
        return
    wanted, given = placeholders(entry.msgid) | placeholders(entry.msgid_plural or ""), placeholders(words)
    if wanted != given:
        yield f"placeholders {sorted(wanted)} became {sorted(given)}"
    if any(not placeholder.isidentifier() for placeholder in wanted):
        yield "a placeholder without a name"
    if not CJK.search(words) and _has_words(entry.msgid) and entry.msgid not in SAME_IN_CHINESE:
        yield f"no Chinese in {words!r}"


def _has_words(text: str) -> bool:
    """Whether anything is left to translate beside placeholders, figures and marks."""
    return bool(re.search(r"[A-Za-z]{2,}", re.sub(r"%\([a-z_]+\)\d*[sd]|\{[a-z_]*\}", "", text)))


def _without_examples(text: str) -> str:
    for example in TYPED_EXAMPLES:
        text = text.replace(example, "")
    return text


def _named(key: Key) -> str:
    return f"{key[1]!r} ({key[0]})" if key[0] else repr(key[1])
