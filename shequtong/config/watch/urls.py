"""Addresses for whoever watches the platform."""

from django.urls import path

from shequtong.config.watch import views

app_name = "config"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
