"""An order that is sent a second time (重复工单): what differs from what we have of it, what of that is taken over, and what a clerk corrects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shequtong.cases.hotline.orders import Order
from shequtong.cases.hotline.secrecy import without_caller
from shequtong.cases.models import WorkOrder

NAMES: dict[str, Promise] = {
    "order_due": gettext_lazy("Due to the hotline"),
    "order_urgency": gettext_lazy("Urgency"),
    "order_opinion": gettext_lazy("Instruction of the hotline"),
    "order_reply": gettext_lazy("Reply to the caller required"),
    "order_confidential": gettext_lazy("Confidential"),
    "text": gettext_lazy("Description"),
    "phone": gettext_lazy("Telephone"),
}
# Columns of WorkOrder that follow the hotline; words and telephone are corrected by a clerk, who may know better by now.
COLUMNS = {
    "order_due": "due_at",
    "order_urgency": "urgency",
    "order_opinion": "opinion",
    "order_reply": "reply_required",
    "order_confidential": "confidential",
}


@dataclass(frozen=True)
class Change:
    """One thing that differs. `taken`: the import takes it over."""

    name: str
    before: Any
    after: Any
    taken: bool

    def in_words(self, zone: tzinfo) -> str:
        """For a list; of words and telephone only that they differ."""
        if not self.taken:
            return _("%(name)s differs and is left as it is") % {"name": NAMES[self.name]}
        said = {"name": NAMES[self.name], "before": _read(self.before, zone), "after": _read(self.after, zone)}
        return _("%(name)s: %(before)s → %(after)s") % said


def _read(value: Any, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return pgettext("export", "Yes") if value else pgettext("export", "No")
    return str(value or "—")


def changes(order: Order, known: WorkOrder) -> list[Change]:
    """What differs. `known` has its case and the case its reporter loaded. An empty cell changes nothing; secrecy is never taken away."""
    secret, required = known.confidential or order.confidential, order.reply_required

    def kept(text: str) -> str:
        return without_caller(text, order.name, order.phone) if secret else text

    found = [
        _of("order_due", known.due_at, order.due_at),
        _of("order_urgency", known.urgency, order.urgency),
        _of("order_opinion", known.opinion, kept(order.opinion)),
        Change("order_reply", known.reply_required, required if required is not None else known.reply_required, taken=True),
        Change("order_confidential", known.confidential, order.confidential, taken=order.confidential),
        _of("text", kept(known.case.text), kept(order.text), taken=False),
    ]
    reporter = known.case.reporter
    ours = reporter.phone.reveal() if reporter is not None and reporter.phone else ""
    found.append(_of("phone", ours, order.phone, taken=False))
    return [each for each in found if each.before != each.after]


def _of(name: str, before: Any, after: Any, *, taken: bool = True) -> Change:
    return Change(name, before, after or before, taken)


def in_words(found: Iterable[Change], zone: tzinfo) -> str:
    """All of them in one line."""
    return "；".join(each.in_words(zone) for each in found)
