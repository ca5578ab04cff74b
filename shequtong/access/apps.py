"""The access area."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "shequtong.access"
    label = "access"
