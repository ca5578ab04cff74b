"""Who does a function in one subdistrict (职能分工): one row a role, in place of the line of config/roles.py for that permission."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared


class FunctionRole(Shared):
    """`permission` is held by the roles named here, and by no others, for posts of the subdistrict. How far is the role's own matter."""

    subdistrict = models.ForeignKey("core.Subdistrict", models.PROTECT, related_name="+")
    permission = CodeField(max_length=60)
    role = CodeField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "permission", "role"], name="access_function_role"),
        ]
