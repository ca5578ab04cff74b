"""Refusals (不予办理): why the platform did not do what was asked, in words for the person who asked.

`Refusal` is a rule that said no; its text is shown. `Forbidden` is a missing right; it is shown as "not found" (404),
so that absent and forbidden look the same.
"""


class Refusal(Exception):
    """A rule refused the request. `str()` is a translated sentence for the person who asked; it names no one else."""


class Forbidden(Exception):
    """The actor lacks the right. Answered as 404 by one middleware and written to the security log."""

    def __init__(self, permission: str, object_kind: str = "", object_id: int | None = None) -> None:
        super().__init__(permission)
        self.permission, self.object_kind, self.object_id = permission, object_kind, object_id
