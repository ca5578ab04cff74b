"""`python -m shequtong.testing.architecture`: the contracts that keep each area's pages to itself, as pyproject.toml must have them."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
    django.setup()
    from shequtong.testing.architecture.contracts import all_protected, as_toml

    sys.stdout.write(as_toml(all_protected()))
