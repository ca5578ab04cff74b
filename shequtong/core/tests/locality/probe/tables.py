"""The made-up street: households, persons, tags and matters, as scale-out/spike/models.py had them."""

from django.db import models

from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet, Shared
from shequtong.core.tests.locality.probe.registry import registry


class Body(Shared):
    """What local rows refer to by an ordinary foreign key."""

    name = models.CharField(max_length=50)

    class Meta:
        apps = registry
        app_label = "probe"


class Household(Local):
    room = models.CharField(max_length=30, db_index=True)
    objects = LocalQuerySet["Household"].as_manager()

    class Meta:
        apps = registry
        app_label = "probe"


class Person(Local):
    household = LocalForeignKey(Household, models.CASCADE, null=True, related_name="people")
    landlord = LocalForeignKey("self", models.SET_NULL, null=True, related_name="tenants")
    checker = models.ForeignKey(Body, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80)
    idno = models.CharField(max_length=18)
    points = models.IntegerField(default=0)
    objects = LocalQuerySet["Person"].as_manager()

    class Meta:
        apps = registry
        app_label = "probe"
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "idno"], name="probe_person_idno"),
            models.CheckConstraint(condition=models.Q(points__gte=0), name="probe_person_points"),
        ]
        indexes = [models.Index(fields=["subdistrict", "name"], name="probe_person_name")]


class Note(Local):
    person = LocalForeignKey(Person, models.CASCADE, related_name="notes")
    text = models.TextField()
    objects = LocalQuerySet["Note"].as_manager()

    class Meta:
        apps = registry
        app_label = "probe"


class Tag(Local):
    name = models.CharField(max_length=20)
    objects = LocalQuerySet["Tag"].as_manager()

    class Meta:
        apps = registry
        app_label = "probe"
        constraints = [models.UniqueConstraint(fields=["subdistrict", "name"], name="probe_tag_name")]


class PersonTag(Local):
    person = LocalForeignKey(Person, models.CASCADE, related_name="tags")
    tag = LocalForeignKey(Tag, models.CASCADE, related_name="people")
    objects = LocalQuerySet["PersonTag"].as_manager()

    class Meta:
        apps = registry
        app_label = "probe"


class Matter(Local):
    person = LocalForeignKey(Person, models.SET_NULL, null=True, related_name="matters")
    parent = LocalForeignKey("self", models.CASCADE, null=True, related_name="children")
    handler = models.ForeignKey(Body, models.SET_NULL, null=True, related_name="matters")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField(auto_now_add=True)
    objects = LocalQuerySet["Matter"].as_manager()

    class Meta:
        apps = registry
        app_label = "probe"


PROBES: tuple[type[models.Model], ...] = (Body, Household, Person, Note, Tag, PersonTag, Matter)
