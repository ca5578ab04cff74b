"""Addresses of the inbox."""

from django.urls import URLPattern, path

from shequtong.messaging import views

app_name = "messaging"
urlpatterns: list[URLPattern] = [
    path("inbox/", views.inbox_page, name="inbox"),
    path("inbox/read-all/", views.read_all, name="read-all"),
    path("inbox/<int:message_id>/open/", views.open_message, name="open"),
]
