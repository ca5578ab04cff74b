"""All that the page of a case shows (案件详情), read at once for a case that the caller may see."""

from dataclasses import dataclass

from shequtong.cases.models import Answer, Assistance, Case, Evaluation, Step
from shequtong.files.models import Blob


@dataclass
class CaseSheet:
    """All that a case page shows; photos by step id."""

    case: Case
    steps: list[Step]
    photos: dict[int, list[Blob]]
    before: list[Blob]
    after: list[Blob]
    answers: list[Answer]
    assistances: list[Assistance]
    evaluation: Evaluation | None


def photos_of(case: Case) -> list[Blob]:
    """Its photos, the oldest first. One statement."""
    found = Blob.objects.filter(subdistrict=case.subdistrict_id, owner_kind=Case._meta.label, owner_id=case.pk)
    return list(found.exclude(state=Blob.State.SWEPT).order_by("id"))


def case_sheet(case: Case) -> CaseSheet:
    """Load what belongs to a case that the caller may see: five statements."""
    steps = list(Step.objects.filter(case=case).order_by("number"))
    blobs = photos_of(case)
    photos: dict[int, list[Blob]] = {}
    for blob in blobs:
        photos.setdefault(blob.detail_id or 0, []).append(blob)
    return CaseSheet(
        case=case,
        steps=steps,
        photos=photos,
        before=[blob for blob in blobs if blob.label == "before"],
        after=[blob for blob in blobs if blob.label == "after"],
        answers=list(Answer.objects.filter(case=case).order_by("-id")),
        assistances=list(Assistance.objects.filter(case=case).order_by("id")),
        evaluation=Evaluation.objects.filter(case=case).order_by("-round").first(),
    )
