"""Addresses of access."""

from django.urls import path

from shequtong.access import views

app_name = "access"
urlpatterns = [
    path("account/home/", views.home, name="home"),
    path("account/appointment/", views.switch, name="switch"),
]
