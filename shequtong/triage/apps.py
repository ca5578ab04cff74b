"""The triage area."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "shequtong.triage"
    label = "triage"
