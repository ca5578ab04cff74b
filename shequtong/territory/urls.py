"""Addresses of the territory: layers of maps, the address search, the work calendars of the desk."""

from django.urls import path

from shequtong.territory.views import (
    calendar_changes,
    calendar_later,
    calendar_units,
    calendars,
    maps,
    resident,
)

app_name = "territory"
urlpatterns = [
    path("territory/units.geojson", maps.units, name="units"),
    path("territory/buildings.geojson", maps.buildings, name="buildings"),
    path("territory/compounds.geojson", maps.compounds, name="compounds"),
    path("territory/address/", resident.address, name="address"),
    path("desk/calendars/", calendars.calendar_list, name="desk-calendars"),
    path("desk/calendars/later/", calendar_later.calendar_later, name="desk-calendar-later"),
    path("desk/calendars/units/", calendar_units.calendar_units, name="desk-calendar-units"),
    path("desk/calendars/units/<int:unit_id>/", calendar_units.calendar_unit, name="desk-calendar-unit"),
    path("desk/calendars/units/<int:unit_id>/copy/", calendar_units.calendar_copy, name="desk-calendar-copy"),
    path("desk/calendars/<int:calendar_id>/", calendars.calendar_year, name="desk-calendar"),
    path("desk/calendars/<int:calendar_id>/notice/", calendar_changes.calendar_notice, name="desk-calendar-notice"),
    path("desk/calendars/<int:calendar_id>/days/", calendar_changes.calendar_days, name="desk-calendar-days"),
    path("desk/calendars/<int:calendar_id>/hours/", calendar_changes.calendar_hours, name="desk-calendar-hours"),
]
