"""Checks that say in one line what the build has not put there: the front end (pages have no style), fonts (nothing can be printed)."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from shequtong.ui.manifest import manifest_path
from shequtong.ui.paper import fonts


@register
def front_end_is_built(**_: Any) -> list[CheckMessage]:
    """Warn when Vite's manifest is missing."""
    if manifest_path() is not None:
        return []
    return [Warning("The front end is not built.", hint="Run `npm ci && npm run build`.", id="ui.W001")]


@register
def paper_has_fonts(**_: Any) -> list[CheckMessage]:
    """Warn when nothing can be printed."""
    if fonts.folders():
        return []
    hint = "Run `npm ci && npm run build`, or install Debian's fonts-noto-cjk."
    return [Warning("There are no fonts for printed documents.", hint=hint, id="ui.W002")]
