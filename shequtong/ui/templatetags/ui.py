"""The tags of ui/: bundle addresses, icons, and the small signs that a table row shows by the hundred."""

from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shequtong.core.submissions import FIELD, new_submit_key
from shequtong.ui import manifest

register = template.Library()


@register.simple_tag
def vite_asset(name: str) -> SafeString:
    """The <link> and <script> elements of one entry of the bundle: `resident`, `desk` or `map`. Nothing inline."""
    found = manifest.entry(name)
    if not found.module:
        return mark_safe("")
    return (
        format_html_join("", '<link rel="stylesheet" href="{}">', ((style,) for style in found.styles))
        + format_html_join("", '<link rel="modulepreload" href="{}">', ((part,) for part in found.preload))
        + format_html('<script type="module" src="{}"></script>', found.module)
    )


@register.simple_tag
def drawing(name: str = "icons.svg") -> str:
    """Address of the file of icons, for scripts that draw one, or of `favicon.svg`."""
    return manifest.drawing(name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon by the name it has in frontend/ui/icons.json; silent to screen readers unless it has a label."""
    return _icon(name, label, manifest.drawing("icons.svg"))


@register.simple_tag
def shape(name: str, sized: bool = True) -> SafeString:
    """One shape by the name it has in frontend/ui/shapes.ts; always beside a word, so never read out. `sized` unless it stands in a sign, whose style says how big."""
    return _shape(name, sized, manifest.drawing("icons.svg"))


@register.simple_tag
def stage(label: str, shape_name: str = "circle", tone: str = "quiet", code: str = "") -> SafeString:
    """Where something stands (阶段): a pill of shape and word. `tone`: good, warn, bad, info, quiet. `code` is for tests."""
    return _stage(label, tone, code, shape(shape_name, sized=False))


@register.simple_tag
def light(label: str, shape_name: str = "circle", tone: str = "good", sentence: str = "", code: str = "") -> SafeString:
    """How urgent something is (亮灯): shape and word, and a sentence that says why when there is room for it."""
    return _light(label, tone, sentence, code, shape(shape_name, sized=False))


# A page draws the same few signs by the hundred. `typed`: a text that is HTML already is told from one that reads the same and is not.
_drawn_once = lru_cache(maxsize=2048, typed=True)


@_drawn_once
def _icon(name: str, label: str, drawing: str) -> SafeString:
    if label:
        return format_html(
            '<svg class="icon" width="20" height="20" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, drawing, name
        )
    return format_html('<svg class="icon" width="20" height="20" aria-hidden="true"><use href="{}#{}"/></svg>', drawing, name)


@_drawn_once
def _shape(name: str, sized: bool, drawing: str) -> SafeString:
    size = SafeString(' class="shape" width="12" height="12"') if sized else ""
    return format_html('<svg{} aria-hidden="true"><use href="{}#shape-{}"/></svg>', size, drawing, name)


@_drawn_once
def _stage(label: str, tone: str, code: str, sign: SafeString) -> SafeString:
    said = format_html(' data-code="{}"', code) if code else ""
    return format_html('<span class="stage tone-{}"{}>{}{}</span>', tone, said, sign, label)


@_drawn_once
def _light(label: str, tone: str, sentence: str, code: str, sign: SafeString) -> SafeString:
    return format_html(
        '<span class="light ink-{}"{}>{}<b>{}</b>{}</span>',
        tone,
        format_html(' data-code="{}"', code) if code else "",
        sign,
        label,
        format_html('<span class="light__sentence">{}</span>', sentence) if sentence else "",
    )


@register.simple_tag(takes_context=True)
def shortcut(context: Any, letter: str) -> SafeString:
    """The key that presses the button it stands on (frontend/ui/behaviours/keys.ts); nothing where keys are switched off. Said by the script, not read out."""
    return (
        format_html(' <kbd class="key" aria-hidden="true">{}</kbd>', letter)
        if letter and context.get("keys_on")
        else SafeString("")
    )


@register.simple_tag(takes_context=True)
def fresh_submit_key(context: Any) -> SafeString:
    """A key of its own for a form of the layout: the page's own form may be coming back refused with the key it was sent with."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_submit_key(context["request"]))


@register.simple_tag(takes_context=True)
def term(context: Any, code: str, label: str = "") -> SafeString | str:
    """A word with its explanation, where a page shows it first: `terms` of the context explains it (`tell`), else the label stands alone.

    Without a script it leads to where more is said; the script shows what is in `data-said` (frontend/ui/behaviours/terms.ts).
    """
    told = context["terms"].tell(code) if "terms" in context else None
    if told is None:
        return label
    return format_html('<a class="term" href="{}" data-said="{}">{}</a>', told.url, told.said, label or told.name)


@register.simple_tag(takes_context=True)
def term_sign(context: Any, code: str) -> SafeString:
    """The same as a small sign beside what is itself a link, e.g. a tile (`:term`)."""
    told = context["terms"].tell(code) if "terms" in context else None
    if told is None:
        return SafeString("")
    return format_html(
        '<a class="term term--sign" href="{}" data-said="{}" aria-label="{}">?</a>',
        told.url,
        told.said,
        _("What does “%(word)s” mean?") % {"word": told.name},
    )


@register.simple_tag(takes_context=True)
def pointed(context: Any, mark: str) -> SafeString:
    """Marks the element that a step of `desk_tour` means: the first of the page with this name is outlined."""
    tour = context.get("desk_tour")
    if not tour or tour["mark"] != mark or tour.get("pointed"):
        return SafeString("")
    tour["pointed"] = True
    return SafeString(' data-pointed id="pointed"')
