"""The cases area."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shequtong.cases"
    label = "cases"

    def ready(self) -> None:
        """Say who sees the photos of a case, how much is open where, and what a message is about; files, territory and messaging ask."""
        from shequtong.cases.measures import open_by_path
        from shequtong.cases.models import Case
        from shequtong.cases.photo_gate import may_see_photo
        from shequtong.cases.told_matters import told_cases, told_roots
        from shequtong.files import owners
        from shequtong.messaging.matters import register_matters
        from shequtong.territory.calendar_users import register_open_work

        owners.register(Case._meta.label, may_see_photo)
        register_open_work(open_by_path)
        register_matters(told_cases)
        register_matters(told_roots)
