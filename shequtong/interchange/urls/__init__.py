"""Addresses of the open interface and of who may use it."""

from django.urls import path, re_path

from shequtong.interchange.urls.sheets import sheets
from shequtong.interchange.views import api, georeport, people_import, systems, webhooks

app_name = "interchange"

# The suffix is part of every address; one that is not known is answered, not missed.
_FMT = r"\.(?P<fmt>[A-Za-z0-9]{1,10})"

urlpatterns = [
    *sheets,
    re_path(rf"^open311/v2/discovery{_FMT}$", georeport.discovery, name="discovery"),
    re_path(rf"^open311/v2/services{_FMT}$", georeport.services, name="services"),
    re_path(rf"^open311/v2/services/(?P<code>[^/]{{1,40}}){_FMT}$", georeport.service, name="service"),
    re_path(rf"^open311/v2/requests{_FMT}$", georeport.requests, name="requests"),
    re_path(rf"^open311/v2/requests/(?P<number>[^/]{{1,60}}){_FMT}$", georeport.one_request, name="request"),
    re_path(rf"^open311/v2/tokens/(?P<token>[^/]{{1,200}}){_FMT}$", georeport.token, name="token"),
    re_path(r"^open311/(?P<rest>.*)$", georeport.nothing, name="nothing"),
    path("api/v1/openapi.json", api.openapi, name="api-document"),
    path("api/v1/cases", api.cases_view, name="api-cases"),
    path("api/v1/cases/self_handle", api.settle_view, name="api-self-handle"),
    path("api/v1/cases/<str:number>", api.case_view, name="api-case"),
    path("api/v1/cases/<str:number>/reporter", api.reporter_view, name="api-reporter"),
    path("api/v1/cases/<str:number>/notes", api.notes_view, name="api-notes"),
    path("api/v1/photos", api.send_photo_view, name="api-photo-send"),
    path("api/v1/cases/<str:number>/photos", api.photos_view, name="api-photos"),
    path("api/v1/cases/<str:number>/photos/<str:photo_id>", api.photo_view, name="api-photo"),
    path("api/v1/cases/<str:number>/moves", api.moves_view, name="api-moves"),
    path("api/v1/cases/<str:number>/moves/<str:verb>", api.move_view, name="api-move"),
    path("api/v1/standards", api.standards_view, name="api-standards"),
    path("api/v1/standards/<str:code>", api.standard_view, name="api-standard"),
    path("api/v1/units", api.units_view, name="api-units"),
    path("api/v1/units/<str:code>", api.unit_view, name="api-unit"),
    path("api/v1/stations", api.stations_view, name="api-stations"),
    path("api/v1/stations/<str:station_id>", api.station_view, name="api-station"),
    path("api/v1/stations/<str:station_id>/people", api.people_view, name="api-people"),
    re_path(r"^api/(?P<rest>.*)$", api.nothing, name="api-nothing"),
    path("desk/systems/", systems.listed, name="systems"),
    path("desk/systems/new/", systems.new, name="system-new"),
    path("desk/systems/<int:key_id>/", systems.one, name="system"),
    path("desk/systems/<int:key_id>/revoke/", systems.revoke, name="system-revoke"),
    path("desk/systems/<int:key_id>/webhooks/new/", webhooks.new, name="webhook-new"),
    path("desk/systems/webhooks/<int:subscription_id>/", webhooks.one, name="webhook"),
    path("desk/systems/webhooks/<int:subscription_id>/replay/", webhooks.replay, name="webhook-replay"),
    path("desk/systems/webhooks/<int:subscription_id>/resume/", webhooks.resume, name="webhook-resume"),
    path("desk/systems/webhooks/<int:subscription_id>/end/", webhooks.end, name="webhook-end"),
    path("desk/registry/import/", people_import.desk_people_import, name="desk-people-import"),
    path("desk/registry/import/<int:table_id>/", people_import.desk_people_table, name="desk-people-table"),
    path("desk/registry/import/<int:table_id>/columns/", people_import.desk_people_columns, name="desk-people-columns"),
]
