"""Once only (一次提交): every POST form carries a key made by the server; a repeat gets the first answer.

A view does `return once(request, perform)`. In one transaction the key is written and the use-case runs; when the use-case refuses,
both are undone and the same key may be sent again, corrected. A process that dies in the middle leaves nothing; one that dies after the
commit leaves the answer, which the resent form gets.
"""

import secrets
from collections.abc import Callable

from django.core import signing
from django.db import Error, IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: TID251  # the one place in core that answers
from django.utils import timezone

from shequtong.core.locality import INSTALLATION
from shequtong.core.locality.retry import retrying
from shequtong.core.models import Submission
from shequtong.core.refusals import Refusal

FIELD = "submit_key"
_SALT = "submit-key"
_KEY_LASTS = 7 * 24 * 3600  # seconds: a form left open over a weekend can still be sent
_PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds between tries when the connection dies (scale-out/README.md)


class BadSubmitKey(Refusal):
    """The form carried no key, or one we did not make for this account."""


def new_submit_key(request: HttpRequest) -> str:
    """A signed key for one form of this visitor."""
    return signing.TimestampSigner(salt=_SALT).sign(f"{secrets.token_urlsafe(16)}:{_account_id(request)}")


def _account_id(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return int(user.pk) if user is not None and user.is_authenticated else 0


def submitted_key(request: HttpRequest) -> str:
    """The bare key of the posted form; BadSubmitKey when it is missing, forged, stale, or another account's."""
    return _submitted(request)[0]


def _submitted(request: HttpRequest) -> tuple[str, int]:
    """The bare key, and the account it was made for: a form opened before signing in and sent again after it is still the same form."""
    from django.utils.translation import gettext as _

    try:
        signed = signing.TimestampSigner(salt=_SALT).unsign(request.POST.get(FIELD, ""), max_age=_KEY_LASTS)
    except signing.BadSignature as error:
        raise BadSubmitKey(_too_old()) from error
    key, _colon, account = signed.rpartition(":")
    if int(account) not in (0, _account_id(request)):
        raise BadSubmitKey(_("You have signed in as someone else since this form was opened. Please open the page again."))
    return key, int(account)


def _too_old() -> str:
    from django.utils.translation import gettext as _

    return _("This form is too old or incomplete. Please open the page again; nothing was sent.")


def once(
    request: HttpRequest, perform: Callable[[], str], *, place: int = INSTALLATION, answer: str | None = None
) -> HttpResponse:
    """Run `perform` (which returns the address to go to) once for the key of this form, and redirect there.

    `place` is the subdistrict the change lies in. Where the address is known before, `answer` saves a statement.
    Refusals and Forbidden from `perform` pass through, with everything undone.
    """
    key, account = _submitted(request)
    # The commit may or may not have happened when the connection dies: with the same key the second try finds out.
    found = retrying(lambda: _attempt(key, account, request.path, perform, place, answer), pauses=_PAUSES)
    return HttpResponseRedirect(found)


def _attempt(key: str, account: int, path: str, perform: Callable[[], str], place: int, answer: str | None) -> str:
    try:
        with transaction.atomic():
            row = Submission(subdistrict_id=place, account_id=account, key=key, path=path[:200], at=timezone.now())
            row.answer = answer or ""
            with transaction.atomic():
                row.save(force_insert=True)
            try:
                found = perform()
            except IntegrityError as error:
                raise _Broken(error) from error
            if found != row.answer:
                Submission.objects.filter(pk=row.pk).update(answer=found)
            return found
    except _Broken as broken:
        raise broken.error from None
    except IntegrityError:
        first = Submission.objects.filter(subdistrict=place, account_id=account, key=key).values_list("answer", "path").first()
        if first is None:
            raise
        # The same key at another address is no repeat: "done" would be said of what nobody did.
        if first[1] != path[:200]:
            raise BadSubmitKey(_too_old()) from None
        return first[0]


class _Broken(Exception):
    """An integrity error of the use-case itself, told apart from "this key was used"."""

    def __init__(self, error: Error) -> None:
        super().__init__(str(error))
        self.error = error
