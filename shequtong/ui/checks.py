"""A check that says in one line when the front end was not built (the pages still work, without style)."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from shequtong.ui.manifest import manifest_path


@register
def front_end_is_built(**_: Any) -> list[CheckMessage]:
    """Warn when Vite's manifest is missing."""
    if manifest_path() is not None:
        return []
    return [Warning("The front end is not built.", hint="Run `npm ci && npm run build`.", id="ui.W001")]
