"""Once only (一次提交): every POST form carries a key made by the server; a repeat gets the first answer.

A view does `return once(request, perform)`. In one transaction the key is written and the use-case runs; when the use-case refuses,
both are undone and the same key may be sent again, corrected. A process that dies in the middle leaves nothing; one that dies after the
commit leaves the answer, which the resent form gets.

Where a refusal must be remembered (a password tried, a phone shown) the view does `tried_once(request, attempt)`: whatever came of the
first try is the answer, a refusal too, and the form that comes back has a key of its own (docs/decisions/0009-repeats.md).
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import Error, IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: TID251  # the one place in core that answers
from django.utils import timezone

from shequtong.core.locality import INSTALLATION
from shequtong.core.locality.retry import retrying
from shequtong.core.models import Submission
from shequtong.core.places import places
from shequtong.core.refusals import Refusal

FIELD = "submit_key"
SALT = "submit-key"
_KEY_LASTS = 7 * 24 * 3600  # seconds: a form left open over a weekend can still be sent
_PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds between tries when the connection dies (scale-out/README.md)
_WAITS = (0.1, 0.2, 0.4, 0.8, 1.5)  # seconds for which a second press waits for what came of the first
_KEPT = timedelta(seconds=_KEY_LASTS, days=1)  # a row is written after its key was made, so then no key can name it any more
_BATCH, _BATCHES = 500, 40  # rows a transaction, transactions a place and run
CARRIED = "submit_key_carried"  # on a request by GET: the signed key of the form it goes on with
SPENT = "submit_key_spent"  # on a request whose key has its answer: the form that comes back needs another
LONGEST_ADDRESS = 300  # characters of an answer


class BadSubmitKey(Refusal):
    """The form carried no key, or one we did not make for this account."""


def new_submit_key(request: HttpRequest) -> str:
    """A signed key for one form of this visitor."""
    return signing.TimestampSigner(salt=SALT).sign(f"{secrets.token_urlsafe(16)}:{_account_id(request)}")


def _account_id(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return int(user.pk) if user is not None and user.is_authenticated else 0


def carried_key(request: HttpRequest) -> str:
    """The signed key a form came with, or goes on with; "" for none."""
    return request.POST.get(FIELD, "") or str(getattr(request, CARRIED, ""))


def submitted_key(request: HttpRequest) -> str:
    """The bare key of the posted form; BadSubmitKey when it is missing, forged, stale, or another account's."""
    return _submitted(request)[0]


def _submitted(request: HttpRequest) -> tuple[str, int]:
    """The bare key, and the account it was made for: a form opened before signing in and sent again after it is still the same form."""
    from django.utils.translation import gettext as _

    try:
        signed = signing.TimestampSigner(salt=SALT).unsign(carried_key(request), max_age=_KEY_LASTS)
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
            row.save(force_insert=True)  # a repeat ends here, and the transaction with it: no savepoint
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


def once_by_key(key: str, *, path: str, perform: Callable[[], str], place: int) -> str | None:
    """The same for a caller that makes its own keys: what `perform` returns (at most LONGEST_ADDRESS characters), a repeat the first of it.

    None when the key was used for another `path` before. `key` has at most 40 characters and names its caller. Refusals pass through.
    """
    try:
        return retrying(lambda: _attempt(key, 0, path, perform, place, None), pauses=_PAUSES)
    except BadSubmitKey:
        return None


def first_by_key(key: str, *, path: str, place: int) -> str | None:
    """What `once_by_key` answered to this key before, for a deed that must not be prepared twice; None for a new one. One statement.

    Raises BadSubmitKey when the key was used for another `path`.
    """
    first = Submission.objects.filter(subdistrict=place, account_id=0, key=key).values_list("answer", "path").first()
    if first is not None and first[1] != path[:200]:
        raise BadSubmitKey(_too_old())
    return first[0] if first else None


@dataclass(frozen=True)
class Answer:
    """What a try came to: an address to go to (302), a page to show (200), or the words of the refusal (422, 429).

    `again` says that the try was made before: nothing happened this time.
    """

    status: int
    text: str
    again: bool = False

    def redirect(self) -> HttpResponseRedirect:
        """To its address."""
        return HttpResponseRedirect(self.text)


def tried_once(request: HttpRequest, attempt: Callable[[], Answer], *, place: int = INSTALLATION) -> Answer:
    """Run `attempt` once for the key of this form, in no transaction of ours, and keep what came of it, a refusal too.

    A repeat gets that answer; one that comes while the first is under way waits for it. Raises BadSubmitKey, also for a try that a dying
    process left without an answer: whether it counted is not known, so it is not made again. What `attempt` raises frees the key.
    """
    key, account = _submitted(request)
    row = Submission(subdistrict_id=place, account_id=account, key=key, path=request.path[:200], at=timezone.now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        setattr(request, SPENT, True)
        return _first_try(request, key, account, place)
    try:
        answer = attempt()
        written = answer.text if answer.status == 302 else f"{answer.status} {answer.text[:290]}"
        Submission.objects.filter(pk=row.pk).update(answer=written)
    except Exception:
        Submission.objects.filter(pk=row.pk).delete()
        raise
    setattr(request, SPENT, True)
    return answer


def _first_try(request: HttpRequest, key: str, account: int, place: int) -> Answer:
    for wait in (*_WAITS, 0.0):
        found = _stored(request, key, account, place)
        if found is not None:
            return found
        time.sleep(wait)
    raise BadSubmitKey(_too_old())


def _stored(request: HttpRequest, key: str, account: int, place: int) -> Answer | None:
    first = Submission.objects.filter(subdistrict=place, account_id=account, key=key).values_list("answer", "path").first()
    if first is None or not first[0]:
        return None
    if first[1] != request.path[:200]:
        raise BadSubmitKey(_too_old())
    status, _space, words = first[0].partition(" ")
    return Answer(int(status), words, again=True) if status.isdecimal() else Answer(302, first[0], again=True)


def answered(request: HttpRequest, *, place: int = INSTALLATION) -> Answer | None:
    """What this very form was answered before, for a view that cannot even load what it was about any more. One statement, none for a bad key."""
    if request.method != "POST":
        return None
    try:
        key, account = _submitted(request)
        return _stored(request, key, account, place)
    except BadSubmitKey:
        return None


def forget_submissions(now: datetime) -> int:
    """Delete answers whose key is no longer good, in small batches; how many. Any number of workers, safe to break off."""
    gone = 0
    for place in places():
        for _batch in range(_BATCHES):
            old = Submission.objects.filter(subdistrict=place.number, at__lt=now - _KEPT).order_by("at")
            ids = list(old.values_list("pk", flat=True)[:_BATCH])
            if ids:
                with transaction.atomic():
                    gone += Submission.objects.filter(subdistrict=place.number, pk__in=ids).delete()[0]
            if len(ids) < _BATCH:
                break
    return gone


class _Broken(Exception):
    """An integrity error of the use-case itself, told apart from "this key was used"."""

    def __init__(self, error: Error) -> None:
        super().__init__(str(error))
        self.error = error
