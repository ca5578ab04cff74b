"""What a case is found by when somebody looks for words (检索字)."""

from django.db import models

from shequtong.core.locality import Local, LocalForeignKey


class CaseGram(Local):
    """Two neighbouring characters of what a case says, as one number (`cases/grams.py`), and the case; a plain index serves both engines.

    The database checks no key here: a case is never deleted, and forty look-ups an intake would find what was just written.
    """

    gram = models.BigIntegerField()
    case = LocalForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False, db_constraint=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "gram", "case"], name="cases_casegram_key")]
