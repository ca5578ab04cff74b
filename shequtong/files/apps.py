"""The files area."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "shequtong.files"
    label = "files"
