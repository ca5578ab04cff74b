"""Addresses of pages that show several areas."""

from django.urls import path

from shequtong.pages.views import desk, resident

app_name = "pages"

urlpatterns = [
    path("", resident.home, name="home"),
    path("privacy/", resident.privacy, name="privacy"),
    path("desk/", desk.workbench, name="workbench"),
]
