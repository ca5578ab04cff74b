"""Choose the language (选择语言) an account is shown the platform in, on whatever device it signs in."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from shequtong.accounts.models import Account
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden


@transaction.atomic
def choose_language(*, language: str, by: Actor, now: datetime) -> str:
    """The language now chosen: one of `settings.LANGUAGES`, else none, which means as the browser asks. No trace: it is nobody's business."""
    if by.account_id is None:
        raise Forbidden("accounts.language", "accounts.Account")
    known = language if language in dict(settings.LANGUAGES) else ""
    Account.objects.filter(pk=by.account_id).update(language=known)
    return known
