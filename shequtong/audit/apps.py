"""The audit area."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "shequtong.audit"
    label = "audit"
