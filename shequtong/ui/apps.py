"""The ui area."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "shequtong.ui"
    label = "ui"

    def ready(self) -> None:
        from shequtong.ui import checks  # noqa: F401  (registers the check)
