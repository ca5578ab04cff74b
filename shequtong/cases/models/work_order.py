"""A 12345 work order (12345 工单): what the hotline sent with a case, and the raw facts of its three rates (registries.md 2.15)."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class WorkOrder(Local):
    """One a case. `due_at` is the hotline's; the case goes by the earlier of it and its own standard. The caller stands in Reporter."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="work_orders")
    source = CodeField(max_length=20, default="12345")
    external_number = CodeField(max_length=60)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    reply_required = models.BooleanField(default=True)
    confidential = models.BooleanField(default=False)
    opinion = models.TextField(blank=True)  # 转办意见
    categories = models.JSONField(default=list)  # one to five levels, as the hotline words them
    accept_kind = models.CharField(max_length=40, blank=True)  # 受理类型
    call_kind = models.CharField(max_length=40, blank=True)  # 来电类别
    origin = models.CharField(max_length=40, blank=True)  # 信息来源
    urgency = models.CharField(max_length=20, blank=True)
    # The three rates (响应率、解决率、满意率), as raw facts
    responded_at = models.DateTimeField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    # Back to the hotline
    reply_kind = CodeField(max_length=12, blank=True)  # done, send_back, extend
    replied_at = models.DateTimeField(null=True)
    exported_at = models.DateTimeField(null=True)
    imported_from = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "case"], name="cases_workorder_case"),
            models.UniqueConstraint(fields=["subdistrict", "source", "external_number"], name="cases_workorder_number"),
        ]
        indexes = [models.Index(fields=["subdistrict", "received_at", "id"], name="cases_workorder_received")]
