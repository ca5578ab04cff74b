"""The address index (地址索引): one or two characters of an address, and the building they lead to, on both engines."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class AddressGram(Local):
    """A plain table with a plain index: SQLite's and PostgreSQL's own indexes miss two-character Chinese words (dependencies.md 0.4)."""

    gram = CodeField(max_length=8)
    building = LocalForeignKey("territory.Building", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "gram", "building"], name="territory_addressgram_key")]
