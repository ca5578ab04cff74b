"""Sets (分类信息): what is recorded of some people only, as rows that exist only where they apply (registries 2.2 to 2.9).

A row holds from `valid_from` until `ended_on`; a change ends it and opens the next, so that any past day can be read.
"""

from django.db import models
from django.db.models import Q

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey
from shequtong.core.sealed import SealedTextField
from shequtong.people.models.person import Person
from shequtong.people.models.provenance import Provenance


class SetRow(Local, Provenance):
    """What all sets share. `note` is what staff write of it; who reads it says why."""

    person = LocalForeignKey(Person, models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    ended_for = models.CharField(max_length=60, blank=True, default="")
    note = SealedTextField(mask="text", blank=True, default="")

    class Meta:
        abstract = True


def _once(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["subdistrict", "person"], name=f"people_{name}_one", condition=Q(ended_on__isnull=True))
    ]


def _past(name: str) -> list[models.Index]:
    return [models.Index(fields=["subdistrict", "person"], name=f"people_{name}_person")]


class Migrant(SetRow):
    """流动人口、境外人员 (2.2)."""

    reason = CodeField(max_length=12, blank=True, default="")
    permit_kind = CodeField(max_length=12, blank=True, default="")
    permit_number = SealedTextField(mask="text", blank=True, default="")
    permit_until = models.DateField(null=True)
    came_on = models.DateField(null=True)
    leaves_on = models.DateField(null=True)
    dwelling = CodeField(max_length=12, blank=True, default="")
    origin = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = _once("migrant")
        indexes = _past("migrant")


class LeftBehind(SetRow):
    """留守、关爱对象 (2.3)."""

    kind = CodeField(max_length=12, blank=True, default="")
    relative_name = SealedTextField(mask="name", blank=True, default="")
    relative_phone = SealedTextField(mask="phone", blank=True, default="")
    relative_relation = CodeField(max_length=2, blank=True, default="")
    relative_place = models.CharField(max_length=60, blank=True, default="")
    needs = SealedTextField(mask="text", blank=True, default="")
    help_given = SealedTextField(mask="text", blank=True, default="")

    class Meta:
        constraints = _once("left_behind")
        indexes = _past("left_behind")


class Elderly(SetRow):
    """老年人 (2.4); ability by GB/T 42195-2022."""

    card_number = SealedTextField(mask="text", blank=True, default="")
    living = CodeField(max_length=12, blank=True, default="")
    ability = CodeField(max_length=12, blank=True, default="")
    income = CodeField(max_length=12, blank=True, default="")
    allowance = CodeField(max_length=12, blank=True, default="")
    health = SealedTextField(mask="text", blank=True, default="")

    class Meta:
        constraints = _once("elderly")
        indexes = _past("elderly")


class Disability(SetRow):
    """残疾人 (2.5). The certificate's last two places are kind and grade. `kinds`: of multiple disability (GB/T 26341), which, by their words."""

    certificate = SealedTextField(mask="text", blank=True, default="")
    kind = CodeField(max_length=2, blank=True, default="")
    kinds = models.CharField(max_length=40, blank=True, default="")
    grade = CodeField(max_length=2, blank=True, default="")
    cause = SealedTextField(mask="text", blank=True, default="")
    allowance = CodeField(max_length=12, blank=True, default="")

    class Meta:
        constraints = _once("disability")
        indexes = _past("disability")


class Hardship(SetRow):
    """低保、特困、救助 (2.6). Money in fen a month."""

    kind = CodeField(max_length=12, blank=True, default="")
    certificate = SealedTextField(mask="text", blank=True, default="")
    persons = models.PositiveSmallIntegerField(null=True)
    amount = models.BigIntegerField(null=True)
    cause = CodeField(max_length=12, blank=True, default="")
    since_month = models.DateField(null=True)

    class Meta:
        constraints = _once("hardship")
        indexes = _past("hardship")


class FamilySupport(SetRow):
    """生育、托育 (2.7, as the field keeps it since 2021: registration, allowance and childcare, nothing of the body)."""

    birth_registered_on = models.DateField(null=True)
    children = models.PositiveSmallIntegerField(null=True)
    allowance = CodeField(max_length=12, blank=True, default="")
    childcare = CodeField(max_length=12, blank=True, default="")
    only_child = models.BooleanField(default=False)

    class Meta:
        constraints = _once("family")
        indexes = _past("family")


class Employment(SetRow):
    """就业 (2.8)."""

    state = CodeField(max_length=12, blank=True, default="")
    card_number = SealedTextField(mask="text", blank=True, default="")
    out_since = models.DateField(null=True)
    cause = CodeField(max_length=12, blank=True, default="")
    aid = CodeField(max_length=12, blank=True, default="")
    wants = models.CharField(max_length=60, blank=True, default="")
    certificates = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = _once("employment")
        indexes = _past("employment")


class PartyMember(SetRow):
    """党员 (2.9)."""

    kind = CodeField(max_length=12, blank=True, default="")
    joined_on = models.DateField(null=True)
    branch = models.CharField(max_length=60, blank=True, default="")
    office = models.CharField(max_length=30, blank=True, default="")
    state = CodeField(max_length=12, blank=True, default="")
    moved_in_on = models.DateField(null=True)
    floating = models.BooleanField(default=False)
    out_of_touch_since = models.DateField(null=True)

    class Meta:
        constraints = _once("party")
        indexes = _past("party")
