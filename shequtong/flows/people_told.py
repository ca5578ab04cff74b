"""Residents are told of their own record (告知本人): linked, unlinked, a request answered. In the app, without anything of anybody."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shequtong.messaging.usecases import NewMessage, send_messages
from shequtong.people.events import AccountLinked, RightsAnswered

_READ = "zh-hans"
_LINK: dict[str, Promise] = {
    "linked": _(
        "Your account is linked to your record at the community. If that was not you, end the link and tell the community."
    ),
    "unlinked": _("The link between your account and your record at the community has ended."),
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


def tell_answered(event: RightsAnswered) -> None:
    """One statement; none without a linked account. What was decided stands on the page, not in the message."""
    if event.account_id is not None:
        words = _("Your request about your personal data was answered.")
        _tell([event.account_id], event.subdistrict_id, "people.rights", words, f"rights:{event.request_id}", event, "own")


def _tell(
    accounts: list[int],
    place: int,
    template: str,
    words: Promise,
    key: str,
    event: AccountLinked | RightsAnswered,
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
