"""By what a person is found (查找词、标记): keyed hashes of names and endings, and marks that lists filter by. Made of their rows, made again from them."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey
from shequtong.people.models.person import Person


class PersonTerm(Local):
    """`term`: 63 bits of a keyed hash of a piece of a name, its pinyin, its initials, or the end of a phone (`people/terms.py`)."""

    term = models.BigIntegerField()
    person = LocalForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "term", "person"], name="people_term_find"),
            models.Index(fields=["subdistrict", "person"], name="people_term_person"),
        ]


class PersonMark(Local):
    """A person in a set (elderly, alone, disabled …), where and behind which door, so that a list of one mark is one stretch of an index."""

    mark = CodeField(max_length=16)
    grid_path = CodeField(max_length=120)
    door = CodeField(max_length=40, blank=True, default="")
    person = LocalForeignKey(Person, models.CASCADE, related_name="marks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "person", "mark"], name="people_mark_once")]
        indexes = [models.Index(fields=["subdistrict", "mark", "grid_path", "door", "person"], name="people_mark_list")]
