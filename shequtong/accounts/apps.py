"""The accounts area."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shequtong.accounts"
    label = "accounts"
