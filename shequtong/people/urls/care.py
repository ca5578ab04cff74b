"""Addresses of the store of special care (特殊人群库)."""

from django.urls import path

from shequtong.people.views import care as store
from shequtong.people.views import care_record

care = [
    path("desk/registry/care/", store.desk_care, name="desk-care"),
    path("desk/registry/care/open/", store.desk_care_open, name="desk-care-open"),
    path("desk/registry/care/close/", store.desk_care_close, name="desk-care-close"),
    path("desk/registry/care/<int:record_id>/", care_record.desk_care_record, name="desk-care-record"),
    path("desk/registry/care/<int:record_id>/<slug:verb>/", care_record.desk_care_write, name="desk-care-write"),
    path("desk/registry/persons/<int:person_id>/care/", store.desk_care_person, name="desk-care-person"),
    path("desk/registry/persons/<int:person_id>/care/<str:token>/", care_record.desk_care_new, name="desk-care-new"),
]
