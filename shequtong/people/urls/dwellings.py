"""Addresses of buildings and homes (楼栋、房屋)."""

from django.urls import path

from shequtong.people.views import buildings, homes

dwellings = [
    path("desk/registry/buildings/", buildings.desk_buildings, name="desk-buildings"),
    path("desk/registry/homes/<int:room_id>/confirm/", homes.desk_confirm_home, name="desk-confirm-home"),
    path("desk/registry/homes/<int:room_id>/describe/", homes.desk_describe_home, name="desk-describe-home"),
]
