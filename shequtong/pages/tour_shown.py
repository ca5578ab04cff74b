"""The step of a tour on a page (引导卡片): on the first page of a post until its holder knows it, and on the page a step is about."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.pages.tours import Step, tour_of

ASKED = "tour"  # of an address: the step that is shown on this page


def tour_shown(
    acting: AccountActor | AnonymousActor, asked: str, kept: dict[str, int], path: str, *, at_home: bool
) -> dict[str, object]:
    """What the layout wants (ui/layouts/_tour.html); {} where nothing is to be shown. No statement."""
    if acting.in_use is None:
        return {}
    steps = tour_of(acting.in_use)
    shown = asked.isdecimal() and len(asked) < 3 and 1 <= int(asked) <= len(steps)
    at = int(asked) if shown else int(kept.get(acting.in_use.role.code, 1)) if at_home else 0
    if at < 1 or not steps:
        return {}
    n = min(at, len(steps))
    return _said(steps[n - 1], n, len(steps), path if shown else "")


def _said(step: Step, n: int, most: int, shown: str) -> dict[str, object]:
    waits = bool(step.place.stages) and shown == reverse(step.place.name)  # it is about a case, and there is none: its list
    return {
        "n": n,
        "most": most,
        "said": _("Your first day: step %(n)d of %(most)d") % {"n": n, "most": most},
        "title": step.title,
        "text": step.text,
        "waits": waits,
        "shown": bool(shown),
        "url": "" if shown else reverse("pages:tour-step", args=[n]),
        "mark": "" if not shown else "list" if waits else step.mark,
        "action": reverse("pages:tour"),
    }
