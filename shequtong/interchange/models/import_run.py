"""A run of the import of a history (导入批次): which file, how far it came, what became of its rows."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class ImportRun(Local):
    """`position` is the last row of the file that stands; it moves in the transaction of the rows themselves."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"

    file_name = models.CharField(max_length=120)
    digest = CodeField(max_length=64)  # of file and mapping
    state = CodeField(max_length=10, choices=State, default=State.RUNNING)
    first_row = models.PositiveIntegerField(default=1)
    position = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()  # rows of the file
    brought = models.PositiveIntegerField(default=0)  # new cases
    there = models.PositiveIntegerField(default=0)  # were here already
    merged = models.PositiveIntegerField(default=0)  # another row of the same number stands for it
    refused = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=80)
    moved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "digest", "id"], name="interchange_importrun_file")]

    def reach_facts(self) -> Facts:
        """It belongs to its subdistrict."""
        return Facts(self.subdistrict_id, object_id=self.pk)
