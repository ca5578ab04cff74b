"""The organizations area."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "shequtong.organizations"
    label = "organizations"
