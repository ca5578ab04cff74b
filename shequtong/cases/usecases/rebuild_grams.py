"""Write anew what cases are found by (重建检索字), a batch at a time, while reports come in."""

from django.db import transaction

from shequtong.cases.models import Case, CaseGram
from shequtong.cases.usecases._grams import rows_of

BATCH = 500  # cases of one transaction


@transaction.atomic
def rebuild_grams(*, subdistrict_id: int, after: int = 0) -> tuple[int, int]:
    """The next cases of a subdistrict behind the id `after`: how many, and the last id. Who corrects one meanwhile waits for the end.

    What is missing comes, what is there stays. One too many does no harm: each case found is read before it is shown.
    """
    rows = Case.objects.filter(subdistrict=subdistrict_id, pk__gt=after).select_for_update(of=("self",)).order_by("pk")
    cases = list(rows.only("id", "subdistrict_id", "title", "text", "address")[:BATCH])
    CaseGram.objects.bulk_create([row for case in cases for row in rows_of(case)], ignore_conflicts=True)
    return len(cases), cases[-1].pk if cases else after
