"""The reporter's evaluation (评价) of a closing: was it solved, how satisfied."""

from django.db import models

from shequtong.core.locality import Local, LocalForeignKey


class Evaluation(Local):
    """One per closing: a reopened case can be evaluated again."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="evaluations")
    round = models.PositiveSmallIntegerField()  # reopen_count at the time
    solved = models.BooleanField()
    score = models.PositiveSmallIntegerField()  # 1 (very dissatisfied) .. 5 (very satisfied)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "case", "round"], name="cases_evaluation_once"),
            models.CheckConstraint(name="cases_evaluation_score", condition=models.Q(score__gte=1, score__lte=5)),
        ]
