"""Residents are told of their own record (告知本人): linked, unlinked, a request answered; the desk of what is asked; second persons and askers of an export. In the app, without anything of anybody."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shequtong.access import roles
from shequtong.core.places import place as place_of
from shequtong.figures.write import day_of
from shequtong.flows.recipients import of_registry, over_place
from shequtong.messaging.usecases import NewMessage, send_messages
from shequtong.people import permissions
from shequtong.people.events import AccountLinked, ExportMoved, RightsAnswered, RightsAsked

_READ = "zh-hans"
_LINK: dict[str, Promise] = {
    "linked": _(
        "Your account is linked to your record at the community. If that was not you, end the link and tell the community."
    ),
    "unlinked": _("The link between your account and your record at the community has ended."),
}
_EXPORT: dict[str, Promise] = {
    "asked": _("A large table of persons waits for your decision as second person."),
    "approved": _("Your table of persons was approved. It can be made once, within a day."),
    "refused": _("Your table of persons was not approved."),
}


def tell_linked(event: AccountLinked) -> None:
    """One statement; none where the person has died or moved away."""
    if event.kind in _LINK:
        _tell(
            [event.account_id],
            event.subdistrict_id,
            "people.link",
            _LINK[event.kind],
            f"link:{event.link_id}:{event.kind}",
            event,
            "own",
        )


def tell_asked(event: RightsAsked) -> None:
    """Who keeps the registry there, but who took it down. One statement. Who asks and what for stands on the page, not in the message."""
    told = [
        account for account in of_registry(event.path, day_of(event.subdistrict_id, event.at)) if account != event.by_account_id
    ]
    with override(_READ):
        words = _("A request about personal data came in. Answer it in writing by %(day)s.") % {
            "day": f"{event.due_at.astimezone(place_of(event.subdistrict_id).zone):%m-%d}"
        }
        _tell(told, event.subdistrict_id, "people.rights_asked", words, f"rights_asked:{event.request_id}", event, "desk-rights")


def tell_answered(event: RightsAnswered) -> None:
    """One statement; none without a linked account. What was decided stands on the page, not in the message."""
    if event.account_id is not None:
        words = _("Your request about your personal data was answered.")
        _tell([event.account_id], event.subdistrict_id, "people.rights", words, f"rights:{event.request_id}", event, "own")


def tell_export(event: ExportMoved) -> None:
    """One statement. Asked: everybody who may be the second person there; decided: who asked."""
    if event.kind == "asked":
        holders = frozenset(code for code, role in roles.table().roles.items() if role.scopes_of(permissions.APPROVE_EXPORT))
        told = over_place(holders, event.path, day_of(event.subdistrict_id, event.at))
        told = [account for account in told if account != event.asked_account_id]
    else:
        told = [event.asked_account_id]
    key = f"export:{event.export_id}:{event.kind}"
    _tell(told, event.subdistrict_id, "people.export", _EXPORT[event.kind], key, event, "desk-exports")


def _tell(
    accounts: list[int],
    place: int,
    template: str,
    words: Promise | str,
    key: str,
    event: AccountLinked | RightsAsked | RightsAnswered | ExportMoved,
    page: str,
) -> None:
    with override(_READ):
        messages = [
            NewMessage(
                channel="in_app",
                template=template,
                text=str(words),
                account_id=account,
                subdistrict_id=place,
                link=reverse(f"people:{page}"),
                once_key=f"{key}:{account}",
            )
            for account in accounts
        ]
    if messages:
        send_messages(messages, now=event.at)
