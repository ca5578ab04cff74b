"""Write a phrase (编写常用语): words an office writes often, offered where a move asks for a text."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Phrase
from shequtong.cases.models.phrase import USES
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal

LONGEST_TITLE, LONGEST_TEXT = 40, 2000  # characters
MOST = 200  # phrases of a place that are in use


class CannotWritePhrase(Refusal):
    """The phrase says nothing, or belongs to no move or class."""


@transaction.atomic
def write_phrase(
    *,
    use: str,
    title: str,
    text: str,
    by: Actor,
    now: datetime,
    class_code: str = "",
    rank: int = 0,
    phrase_id: int | None = None,
) -> Phrase:
    """A phrase for the actor's own subdistrict, or `phrase_id` anew. Raises Forbidden, CannotWritePhrase."""
    if by.home not in by.reach(permissions.MANAGE_PHRASES).subdistricts and not by.reach(permissions.MANAGE_PHRASES).everything:
        raise Forbidden(permissions.MANAGE_PHRASES, "Phrase", phrase_id)
    heading, words = title.strip(), text.strip()
    if use not in USES:
        raise CannotWritePhrase(_("Choose what the phrase is for."))
    if not 1 <= len(heading) <= LONGEST_TITLE or not 2 <= len(words) <= LONGEST_TEXT:
        raise CannotWritePhrase(_("A phrase needs a short name (up to 40 characters) and its text (2 to 2000 characters)."))
    if class_code and class_code not in catalogue().by_code:
        raise CannotWritePhrase(_("Please choose what it is about."))
    mine = Phrase.objects.filter(subdistrict=by.home, ended_at=None)
    if phrase_id is None:
        if mine[:MOST].count() >= MOST:
            raise CannotWritePhrase(_("A subdistrict keeps %(most)d phrases at most. End one first.") % {"most": MOST})
        phrase = Phrase(subdistrict_id=by.home)
    else:
        found = mine.select_for_update().filter(pk=phrase_id).first()
        if found is None:
            raise Forbidden(permissions.MANAGE_PHRASES, "Phrase", phrase_id)
        phrase = found

    phrase.use, phrase.title, phrase.text, phrase.class_code, phrase.rank = use, heading, words, class_code, rank
    phrase.made_by, phrase.made_at = by.name[:80], now
    phrase.save()
    log.record("cases.write_phrase", phrase, by=by, at=now, use=use, cls=class_code, title=heading)
    return phrase
