"""Addresses of pages that show several areas."""

from django.urls import path

from shequtong.pages.views import desk

app_name = "pages"

urlpatterns = [
    path("desk/", desk.workbench, name="workbench"),
]
