"""The case standard (立结案标准), versioned: a case keeps the version it was registered under."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared

CLOCK_KINDS = [(kind, kind) for kind in ("urgent_hours", "work_hours", "work_days", "calendar_days")]


class CaseStandard(Shared):
    """Condition to register, condition to close, limit and clock; a change is a new version, never an edit.

    A class has one or more rows, one a condition (e.g. cover missing; cover cracked): each is versioned by itself.
    """

    case_class = models.ForeignKey("cases.CaseClass", models.PROTECT, related_name="standards")
    row = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    register_condition = models.TextField()
    close_condition = models.TextField()
    limit_amount = models.PositiveSmallIntegerField()
    limit_kind = CodeField(max_length=14, choices=CLOCK_KINDS)
    limit_note = models.CharField(max_length=60, blank=True)  # what the limit is for, e.g. 制止
    after_photo_required = models.BooleanField(default=False)
    answer_required = models.BooleanField(default=True)
    answer_approval = models.BooleanField(default=False)  # a second person approves the answer before it is sent
    confirm_required = models.BooleanField(default=False)  # a resident's report is looked at (核实) before it is registered
    handling_unit = models.CharField(max_length=200, blank=True)  # 处置单位, as the table words it
    supervising_unit = models.CharField(max_length=200, blank=True)  # 主管部门
    collection = models.TextField(blank=True)  # 采集要求
    legal_basis = models.TextField()
    is_example = models.BooleanField(default=True)  # written by us, to be replaced by the place's own
    ended_at = models.DateTimeField(null=True)  # withdrawn by a later publication

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_class", "row", "version"], name="cases_casestandard_row_version")]


class StandardBatch(Shared):
    """A set of standards read from a file or edited at the desk, looked at before it is published (发布前比对)."""

    source = models.CharField(max_length=120)
    content = models.JSONField(default=dict)
    findings = models.JSONField(default=list)  # rows that could not be read, each with sheet, row, column and why
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    account_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)


class StageLimit(Shared):
    """How long staff may take for a stage of their own (standards.md 1.5: 受理 15 min, 派遣 15 min, 核查 30 min)."""

    stage = CodeField(max_length=20, unique=True)
    limit_amount_minutes = models.PositiveIntegerField()
    limit_kind = CodeField(max_length=14, choices=CLOCK_KINDS)
