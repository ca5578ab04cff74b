"""The flows area: reactions between areas."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """Wires the reactions when the project starts."""

    name = "shequtong.flows"
    label = "flows"

    def ready(self) -> None:
        from shequtong.flows.wiring import wire

        wire()
