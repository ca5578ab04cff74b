"""Addresses of the territory: layers of maps, and the address search."""

from django.urls import path

from shequtong.territory.views import maps, resident

app_name = "territory"
urlpatterns = [
    path("territory/units.geojson", maps.units, name="units"),
    path("territory/buildings.geojson", maps.buildings, name="buildings"),
    path("territory/address/", resident.address, name="address"),
]
