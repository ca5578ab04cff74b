"""The registry the test-only tables stand in. It knows core's Subdistrict, which every local row points to."""

from django.apps.registry import Apps

from shequtong.core.models import Subdistrict

registry = Apps(["shequtong.core.tests.locality.probe"])
registry.all_models["core"]["subdistrict"] = Subdistrict
