"""The flows area."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "shequtong.flows"
    label = "flows"
