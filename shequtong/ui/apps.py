"""The ui area."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "shequtong.ui"
    label = "ui"
