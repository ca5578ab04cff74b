"""Addresses of ui/: the switches every layout carries, and the page that shows every component."""

from django.urls import path

from shequtong.ui import views

app_name = "ui"
urlpatterns = [
    path("display/", views.choose_display, name="display"),
    path("components/", views.components, name="components"),
]
