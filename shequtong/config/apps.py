"""The project itself as an app, for its commands `serve` and `work`; it has no tables."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "shequtong.config"
    label = "config"

    def ready(self) -> None:
        from shequtong.config import checks  # noqa: F401  # registers itself
