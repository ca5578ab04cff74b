"""Addresses of the inbox; the demo's telephone has one in the demo only."""

from django.conf import settings
from django.urls import URLPattern, path

from shequtong.messaging import views

app_name = "messaging"
urlpatterns: list[URLPattern] = [
    path("inbox/", views.inbox_page, name="inbox"),
    path("inbox/read-all/", views.read_all, name="read-all"),
    path("inbox/<int:message_id>/open/", views.open_message, name="open"),
]
demo_urlpatterns: list[URLPattern] = [path("dev/outbox/", views.demo_outbox, name="demo-outbox")]
if settings.SHEQUTONG_DEMO:
    urlpatterns += demo_urlpatterns
