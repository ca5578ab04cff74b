"""Answers that were published (公开答复), for everybody to find again."""

from datetime import datetime, timedelta

from shequtong.cases.models import Answer
from shequtong.cases.models.answer import AnswerQuerySet
from shequtong.cases.numbers import parse_number

SEARCHED = timedelta(
    days=365
)  # words are looked for among what was answered since, so that nobody makes a stranger's search long


def published_answers(
    place: int, *, under: str, words: str, after: tuple[datetime, int] | None, now: datetime, page: int = 20
) -> tuple[list[Answer], tuple[datetime, int] | None]:
    """A street's published answers with their cases, the latest first, and the keyset of the next page. One statement.

    `under` is the path of a unit; `words` a part of the answer or the number of a case. A confidential case never stands here: that it was
    answered at all would tell who reads it that somebody told of them.
    """
    found = Answer.objects.within(place).public().filter(case__subdistrict=place, case__confidential=False)
    if under:
        found = found.filter(case__place_path__startswith=under)
    if words:
        found = _with_words(found, words, now)
    if after is not None:
        at, last = after
        found = found.filter(at__lte=at).exclude(at=at, id__gte=last)
    rows = list(found.select_related("case").order_by("-at", "-id")[: page + 1])
    return rows[:page], (rows[page - 1].at, rows[page - 1].pk) if len(rows) > page else None


def _with_words(found: AnswerQuerySet, words: str, now: datetime) -> AnswerQuerySet:
    if number := parse_number(words):
        return found.filter(case__year=number.year, case__serial=number.serial, subdistrict=number.place)
    return found.filter(at__gte=now - SEARCHED, text__icontains=words)
