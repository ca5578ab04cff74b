"""The cases area."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shequtong.cases"
    label = "cases"

    def ready(self) -> None:
        """Say who sees the photos of a case, and how much is open where; files and territory ask."""
        from shequtong.cases.measures import open_by_path
        from shequtong.cases.models import Case
        from shequtong.cases.photo_gate import may_see_photo
        from shequtong.files import owners
        from shequtong.territory.calendar_users import register_open_work

        owners.register(Case._meta.label, may_see_photo)
        register_open_work(open_by_path)
