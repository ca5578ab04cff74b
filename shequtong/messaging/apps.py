"""The messaging area."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "shequtong.messaging"
    label = "messaging"
