"""The cases area."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shequtong.cases"
    label = "cases"

    def ready(self) -> None:
        """Say who sees the photos of a case; files asks."""
        from shequtong.cases.models import Case
        from shequtong.cases.photo_gate import may_see_photo
        from shequtong.files import owners

        owners.register(Case._meta.label, may_see_photo)
