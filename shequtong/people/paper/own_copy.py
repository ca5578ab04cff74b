"""A copy of what is held of a person (个人信息副本), on paper for the person themself: facts with their basis, homes, changes, who looked and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shequtong.core.clock import wording
from shequtong.core.places import place
from shequtong.ui.paper import Frame, Sheet, plain
from shequtong.ui.paper.frame import printed_by

_TEMPLATE = Path(__file__).with_name("own_copy.typ")
MOST_LOOKS = 400  # lines of paper; a copy as JSON has them all


def own_copy(*, subdistrict: int, parts: Sequence[Mapping[str, Any]], looks: Sequence[Mapping[str, Any]], now: datetime) -> Sheet:
    """`parts`: {title, notes, lines: [(label, text)]} one below another; `looks`: {at, what, who, why}, the latest first."""
    zone, title = place(subdistrict).zone, _("Copy of what is held about me")
    moment = wording.moment_text(now, zone)
    rows = [[f"{one['at'].astimezone(zone):%Y-%m-%d %H:%M}", one["what"], one["who"], one["why"]] for one in looks[:MOST_LOOKS]]
    more = _("The latest %(n)d of %(all)d; the copy as a file has them all.") % {"n": MOST_LOOKS, "all": len(looks)}
    data = {
        "frame": Frame(place=place(subdistrict).name, title=title, printed=printed_by("", "", moment)).data(),
        "title": title,
        "lead": _(
            "Made for the person themself on %(at)s (Personal Information Protection Law, article 45). It is in clear: keep it safe."
        )
        % {"at": moment},
        "parts": [
            {
                "title": str(one["title"]),
                "notes": [str(note) for note in one["notes"]],
                "lines": [[str(label), plain(str(text))] for label, text in one["lines"]],
            }
            for one in parts
        ],
        "looks_title": _("Who looked, and why"),
        "looks_heads": [_("When"), _("What was looked at"), _("From which post"), _("Why")],
        "looks": [[plain(str(text)) for text in row] for row in rows],
        "looks_note": more if len(looks) > MOST_LOOKS else "" if looks else _("Nobody has looked at a protected value of yours."),
    }
    return Sheet(_TEMPLATE, data)
