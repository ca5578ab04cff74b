"""The pages area."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "shequtong.pages"
    label = "pages"
