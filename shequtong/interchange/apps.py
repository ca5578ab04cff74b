"""The interchange area."""

from django.apps import AppConfig


class InterchangeConfig(AppConfig):
    name = "shequtong.interchange"
    label = "interchange"
