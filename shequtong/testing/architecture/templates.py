"""Templates keep the house rules (模板检查): no inline script or style, a submit key in every form that posts, shown words translated."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.template import engines

_COMMENTS = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", re.DOTALL)
_TRANSLATED = re.compile(r"{% blocktrans\b.*?{% endblocktrans %}|{% blocktranslate\b.*?{% endblocktranslate %}", re.DOTALL)
_MARKUP_BLOCK = re.compile(r"{% block (?:\w+_)?(?:class|attrs|face) %}.*?{% endblock %}", re.DOTALL)
_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
# What stands in an empty state: words, or a button.
_EMPTY = re.compile(r"<c-empty-state\b[^>]*?(?:/>|>(.*?)</c-empty-state>)", re.DOTALL)
_STEP = re.compile(r"{% (?:blocktrans|trans) |<c-button\b")
_INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|<[a-z][^>]*\sstyle=", re.IGNORECASE),
    "inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+=", re.IGNORECASE),
    "javascript: address": re.compile(r"(?:href|src|action)=[\"']javascript:", re.IGNORECASE),
}
# Shown the same in every language.
SAME_EVERYWHERE = frozenset({"English", "中文", "AB-2026-000123-C", "Ctrl", "Enter"})


def faults(text: str) -> Iterator[str]:
    """Every fault of one template."""
    bare = _COMMENTS.sub("", text)
    yield from (name for name, pattern in _INLINE.items() if pattern.search(bare))
    for form in _FORM.findall(bare):
        if re.search(r"<form\b[^>]*\bmethod=[\"']?post", form, re.IGNORECASE):
            if not re.search(r"{% (?:fresh_)?submit_key %}", form):
                yield "a form that posts without {% submit_key %}"
            if "{% csrf_token %}" not in form:
                yield "a form that posts without {% csrf_token %}"
    yield from ("an empty state that does not say what to do" for inside in _EMPTY.findall(bare) if not _STEP.search(inside))
    yield from (f"not translated: {words!r}" for words in untranslated(bare))


def untranslated(bare: str) -> Iterator[str]:
    """Words that stand in a template as they are: Latin or Chinese text between tags, and in attributes that people read."""
    text = _TRANSLATED.sub("", bare)
    for value in re.findall(r"\s(?:title|alt|placeholder|aria-label|label|lead|caption|submit|confirm)=\"([^\"{}]+)\"", text):
        if _speaks(value):
            yield value
    text = _MARKUP_BLOCK.sub("", text)
    text = re.sub(r"{%.*?%}|{{.*?}}", "\0", text, flags=re.DOTALL)
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^<>]*>", "\n", text)
    for line in re.split(r"[\n\0]", text):
        if _speaks(line):
            yield line.strip()


def _speaks(words: str) -> bool:
    words = re.sub(r"&[a-z]+;|&#\d+;", "", words).strip()
    return words not in SAME_EVERYWHERE and bool(re.search(r"[\u4e00-\u9fff]|[A-Za-z]{2,}", words))


def is_mute_partial(path: PurePosixPath, text: str) -> bool:
    """A piece says first what it is, what it wants and who uses it. The pieces of ui/ have their page of components for that."""
    said = re.match(r"\s*{% comment %}.*?\b(?:Wants|Used by):", text, re.DOTALL)
    return path.name.startswith("_") and "ui" not in path.parts and not said


def named_templates(source: str) -> set[str]:
    """Templates that Python source names: constants like "cases/desk/detail.html"."""
    return set(re.findall(r"[\"']([a-z_]+(?:/[\w-]+)*/[\w-]+\.(?:html|txt))[\"']", source))


def named_folders(source: str) -> set[str]:
    """Folders of which Python source picks a template by a name it has: f"cases/resident/{verb}.html"."""
    return set(re.findall(r"f[\"']([a-z_/]+/)\{[^{}]+\}\.html[\"']", source))


def missing(names: set[str]) -> list[str]:
    """Those that no area has."""
    from django.template import TemplateDoesNotExist

    wrong = []
    for name in sorted(names):
        try:
            engines["django"].get_template(name)
        except TemplateDoesNotExist:
            wrong.append(name)
    return wrong
