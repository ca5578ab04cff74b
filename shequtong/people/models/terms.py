"""By what a person is found (查找词、标记): keyed hashes of names and endings, and marks that lists filter by. Made of their rows, made again from them."""

from django.db import models
from django.db.models import Q

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey
from shequtong.people.models.person import Person


class PersonTerm(Local):
    """Each column 63 bits of a keyed hash (`people/terms.py`): two characters of a name, its pinyin, its initials, the end of a phone.

    A person has as many rows as their longest kind of term has, mostly two; a column is NULL where its kind has come to an end.
    One row a term was most of what an import wrote.
    """

    pair = models.BigIntegerField(null=True)
    sound = models.BigIntegerField(null=True)
    initials = models.BigIntegerField(null=True)
    tail = models.BigIntegerField(null=True)
    person = LocalForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "pair", "person"], name="people_term_pair", condition=Q(pair__isnull=False)),
            models.Index(fields=["subdistrict", "sound", "person"], name="people_term_sound", condition=Q(sound__isnull=False)),
            models.Index(
                fields=["subdistrict", "initials", "person"], name="people_term_initials", condition=Q(initials__isnull=False)
            ),
            models.Index(fields=["subdistrict", "tail", "person"], name="people_term_tail", condition=Q(tail__isnull=False)),
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
