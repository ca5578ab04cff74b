"""The figures area."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "shequtong.figures"
    label = "figures"
