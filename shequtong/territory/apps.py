"""The territory area."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "shequtong.territory"
    label = "territory"
