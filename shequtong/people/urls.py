"""Addresses of the registry; one person and one door are pages that show several areas (`pages`)."""

from django.urls import path

from shequtong.people.views import buildings, homes, persons, reveal, writing

app_name = "people"

urlpatterns = [
    path("desk/registry/", persons.desk_persons, name="desk-persons"),
    path("desk/registry/find/", persons.desk_find, name="desk-find"),
    path("desk/registry/homes/<int:room_id>/register/", writing.desk_register, name="desk-register"),
    path("desk/registry/persons/<int:person_id>/change/", writing.desk_change, name="desk-change"),
    path("desk/registry/persons/<int:person_id>/sets/<slug:name>/", writing.desk_set, name="desk-set"),
    path("desk/registry/persons/<int:person_id>/sets/<slug:name>/end/", writing.desk_set_end, name="desk-set-end"),
    path("desk/registry/persons/<int:person_id>/reveal/<str:what>/", reveal.desk_reveal, name="desk-reveal"),
    path("desk/registry/buildings/", buildings.desk_buildings, name="desk-buildings"),
    path("desk/registry/homes/<int:room_id>/confirm/", homes.desk_confirm_home, name="desk-confirm-home"),
    path("desk/registry/homes/<int:room_id>/describe/", homes.desk_describe_home, name="desk-describe-home"),
]
