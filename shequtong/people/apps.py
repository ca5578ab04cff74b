"""The people area."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "shequtong.people"
    label = "people"
