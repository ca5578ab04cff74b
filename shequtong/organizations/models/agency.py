"""An agency (职能部门): 公安, 城管, 市场监管 …, whatever the place."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import INSTALLATION, Shared


class Agency(Shared):
    """A department by its duty; it acts through its stations."""

    code = CodeField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)

    def reach_facts(self) -> Facts:
        """An agency is the installation's: every place may have a station of it."""
        return Facts(INSTALLATION, object_id=self.pk)
