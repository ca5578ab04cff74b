"""One's own record on paper (打印本人登记信息): the same as the full view, as a PDF that is made at once and kept nowhere."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.people import codes, paper
from shequtong.people.lookups.held_of import consents_of
from shequtong.people.lookups.one_person import PersonOn
from shequtong.people.models import AccountLink
from shequtong.people.shown import room_text
from shequtong.people.views.own_care import WITHHELD_WORDS, care_in_full
from shequtong.people.views.own_shown import changes_of, groups_of, kept_until, looks_of
from shequtong.ui import paper as sheets

_EVERY_LOOK = 10_000


def printed(link: AccountLink, known: PersonOn, now: datetime) -> HttpResponse:
    """The PDF. Some tenths of a second."""
    care = care_in_full(link.person)
    looks = [*looks_of(link.person, link.linked_account_id, _EVERY_LOOK), *care.get("looks", [])]
    looks.sort(key=lambda one: one["at"], reverse=True)
    sheet = paper.own_copy(subdistrict=link.subdistrict_id, parts=list(_parts(link, known, care)), looks=looks, now=now)
    try:
        made = sheets.render(sheet, at=now)
    except sheets.NoFonts as refusal:
        return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="registry-{timezone.localtime(now):%Y-%m-%d}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _parts(link: AccountLink, known: PersonOn, care: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for group in groups_of(known, consents_of(link.person), clear=True):
        if group["lines"]:
            basis, lines = group["basis"], [(line["fact"].label, line["text"]) for line in group["lines"]]
            yield {"title": basis.label, "notes": [basis.purpose, basis.law], "lines": lines}
    homes = [(one.get_kind_display(), _home(room_text(one.room), one.valid_from)) for one in known.residences]
    if known.membership:
        homes.append((_("Relation to the head"), codes.word("relation", known.membership.relation)))
    if homes:
        yield {"title": _("Homes and household"), "notes": [], "lines": homes}
    for one in care.get("records", ()):
        since = [_("On record since %(day)s") % {"day": one["since"]}] if one["since"] else []
        ended = [_("ended on %(day)s") % {"day": one["ended"]}] if one["ended"] else []
        yield {"title": one["label"], "notes": [one["law"], *since, *ended, WITHHELD_WORDS], "lines": one["lines"]}
    changes = [(f"{timezone.localtime(one['at']):%Y-%m-%d}", ", ".join(one["facts"])) for one in changes_of(known)]
    if changes:
        yield {"title": _("What was changed, and when"), "notes": [], "lines": changes}
    yield {"title": _("How long it is kept"), "notes": kept_until(), "lines": []}


def _home(text: str, since: object) -> str:
    return f"{text} · {since}" if since else text
