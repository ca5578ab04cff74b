"""Addresses of the open interface and of who may use it."""

from django.urls import path, re_path

from shequtong.interchange.views import georeport, systems

app_name = "interchange"

# The suffix is part of every address; one that is not known is answered, not missed.
_FMT = r"\.(?P<fmt>[A-Za-z0-9]{1,10})"

urlpatterns = [
    re_path(rf"^open311/v2/discovery{_FMT}$", georeport.discovery, name="discovery"),
    re_path(rf"^open311/v2/services{_FMT}$", georeport.services, name="services"),
    re_path(rf"^open311/v2/services/(?P<code>[^/]{{1,40}}){_FMT}$", georeport.service, name="service"),
    re_path(rf"^open311/v2/requests{_FMT}$", georeport.requests, name="requests"),
    re_path(rf"^open311/v2/requests/(?P<number>[^/]{{1,60}}){_FMT}$", georeport.one_request, name="request"),
    re_path(rf"^open311/v2/tokens/(?P<token>[^/]{{1,200}}){_FMT}$", georeport.token, name="token"),
    re_path(r"^open311/(?P<rest>.*)$", georeport.nothing, name="nothing"),
    path("desk/systems/", systems.listed, name="systems"),
    path("desk/systems/new/", systems.new, name="system-new"),
    path("desk/systems/<int:key_id>/", systems.one, name="system"),
    path("desk/systems/<int:key_id>/revoke/", systems.revoke, name="system-revoke"),
]
