"""What a correction changed (更正内容), from the details of its step: before and after, in the reader's words."""

from django.utils.translation import gettext as _

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Step
from shequtong.cases.shown import class_name, place_name


def changes_of(step: Step, *, hidden: bool) -> list[str]:
    """A line for each thing put right; none for any other move. To whom the teller is `hidden`, no telephone, masked though it is."""
    if step.move != "correct":
        return []
    kinds, found = catalogue().by_code, []
    for name, (before, after) in sorted(step.details.items()):
        values = {"before": before or "—", "after": after or "—"}
        if name == "class":
            found.append(
                _("Class: %(before)s → %(after)s") % {"before": class_name(kinds[before]), "after": class_name(kinds[after])}
            )
        elif name == "path":
            found.append(_("Place: %(before)s → %(after)s") % {"before": place_name(before), "after": place_name(after)})
        elif name == "address":
            found.append(_("Address: %(before)s → %(after)s") % values)
        elif name == "phone" and not hidden:
            found.append(_("Telephone: %(before)s → %(after)s") % values)
    return found
