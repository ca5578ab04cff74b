"""Where a fact comes from (来源): since when it is so, when and by whom it was entered. Columns shared by all rows of the registry."""

from django.db import models
from django.utils.translation import pgettext_lazy

from shequtong.core.fields import CodeField


class Source(models.TextChoices):
    """Whence a fact is known, the weakest first: a weaker one does not overwrite a stronger one (`people/standing.py`)."""

    IMPORT = "import", pgettext_lazy("source", "Imported table")
    PHONE = "phone", pgettext_lazy("source", "Telephone call")
    VISIT = "visit", pgettext_lazy("source", "Visit")
    RESIDENT = "resident", pgettext_lazy("source", "Told by the resident")
    DOCUMENT = "document", pgettext_lazy("source", "Document seen")
    POLICE = "police", pgettext_lazy("source", "Police register")


class Provenance(models.Model):
    """`valid_from` NULL: since before we knew. `recorded_by` is the name as shown at the time."""

    valid_from = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    source = CodeField(max_length=10, choices=Source)
    recorded_by = models.CharField(max_length=80, blank=True, default="")
    account_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
