"""The core area."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "shequtong.core"
    label = "core"
