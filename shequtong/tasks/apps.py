"""The tasks area."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "shequtong.tasks"
    label = "tasks"
