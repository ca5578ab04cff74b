"""Find the hot issues of a street (发现热点): computed from what it was told in ten weeks; the rows stand until the next look."""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.cases.hot import SPAN, Issue, hot_issues
from shequtong.cases.lookups.told_lately import name_of, path_of, told_lately
from shequtong.cases.models import Case, HotIssue, HotIssueCase, HotLook

EVERY = timedelta(minutes=15)
KEPT = timedelta(days=90)  # an issue that is over
_SAME = 0.5  # of its cases, from which a found issue is one that stands
_OLD = 200


def find_hot_issues(*, subdistrict_id: int, now: datetime) -> int:
    """Look, unless somebody looked within `EVERY`; how many issues stand. No writer is held while it is reckoned."""
    if not _claimed(subdistrict_id, now):
        return 0
    found = hot_issues(told_lately(subdistrict_id, now), now)
    with transaction.atomic():
        _keep(subdistrict_id, found, now)
    return len(found)


def _keep(subdistrict_id: int, found: list[Issue], now: datetime) -> None:
    """What stood and is found again keeps its row; what is not found any more has ended."""
    standing = {issue.pk: issue for issue in HotIssue.objects.filter(subdistrict=subdistrict_id, ended_at__isnull=True)}
    members: dict[int, set[int]] = {}
    linked = HotIssueCase.objects.filter(subdistrict=subdistrict_id, issue_id__in=list(standing))
    for issue_id, case_id in linked.values_list("issue_id", "case_id"):
        members.setdefault(issue_id, set()).add(case_id)
    paths = dict(
        Case.objects.filter(subdistrict=subdistrict_id, pk__in=[pk for one in found for pk in one.ids]).values_list(
            "id", "place_path"
        )
    )
    left = dict(standing)
    for one in found:
        row = _known(one, left, members) or HotIssue(subdistrict_id=subdistrict_id, found_at=now)
        left.pop(row.pk, None)
        _write(row, one, [paths[pk] for pk in one.ids], members.get(row.pk, set()))
    HotIssue.objects.filter(subdistrict=subdistrict_id, pk__in=list(left)).update(ended_at=now)
    old = HotIssue.objects.filter(subdistrict=subdistrict_id, ended_at__lte=now - KEPT).order_by("id")
    HotIssue.objects.filter(subdistrict=subdistrict_id, pk__in=list(old.values_list("pk", flat=True)[:_OLD])).delete()


@transaction.atomic
def _claimed(subdistrict_id: int, now: datetime) -> bool:
    """Whether this look is ours: one of two workers changes the row, the other finds it changed."""
    HotLook.objects.bulk_create([HotLook(subdistrict_id=subdistrict_id, looked_at=now - SPAN)], ignore_conflicts=True)
    return bool(HotLook.objects.filter(subdistrict=subdistrict_id, looked_at__lte=now - EVERY).update(looked_at=now))


def _known(one: Issue, standing: dict[int, HotIssue], members: dict[int, set[int]]) -> HotIssue | None:
    """The row of an issue that stood at the last look: of the same class, with most of its cases."""
    own = set(one.ids)
    for row in standing.values():
        before = members.get(row.pk, set())
        if row.case_class_id == one.kind and len(own & before) > _SAME * min(len(own), len(before) or 1):
            return row
    return None


def _write(row: HotIssue, one: Issue, paths: list[str], before: set[int]) -> None:
    row.case_class_id, row.place, row.place_path = one.kind, one.place, path_of(one.place, paths)
    row.place_name = name_of(row.subdistrict_id, one.place)[:120]
    row.words, row.days, row.recent, row.before = list(one.words), one.window.days, len(one.ids), one.before
    row.expected, row.chance = round(one.expected, 2), one.chance
    row.save()
    mine = HotIssueCase.objects.filter(subdistrict=row.subdistrict_id, issue=row)
    mine.filter(case_id__in=list(before - set(one.ids))).delete()
    HotIssueCase.objects.bulk_create(
        [HotIssueCase(subdistrict_id=row.subdistrict_id, issue=row, case_id=pk) for pk in one.ids if pk not in before]
    )
