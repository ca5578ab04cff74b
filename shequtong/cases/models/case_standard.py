"""The case standard (立结案标准), versioned: a case keeps the version it was registered under."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared

CLOCK_KINDS = [(kind, kind) for kind in ("urgent_hours", "work_hours", "work_days", "calendar_days")]


class CaseStandard(Shared):
    """Condition to register, condition to close, limit and clock of one class; a change is a new version, never an edit."""

    case_class = models.ForeignKey("cases.CaseClass", models.PROTECT, related_name="standards")
    version = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    register_condition = models.CharField(max_length=200)
    close_condition = models.CharField(max_length=200)
    limit_amount = models.PositiveSmallIntegerField()
    limit_kind = CodeField(max_length=14, choices=CLOCK_KINDS)
    after_photo_required = models.BooleanField(default=False)
    answer_required = models.BooleanField(default=True)
    legal_basis = models.CharField(max_length=200)
    is_example = models.BooleanField(default=True)  # written by us, to be replaced by the place's own

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_class", "version"], name="cases_casestandard_version")]


class StageLimit(Shared):
    """How long staff may take for a stage of their own (standards.md 1.5: 受理 15 min, 派遣 15 min, 核查 30 min)."""

    stage = CodeField(max_length=20, unique=True)
    limit_amount_minutes = models.PositiveIntegerField()
    limit_kind = CodeField(max_length=14, choices=CLOCK_KINDS)
