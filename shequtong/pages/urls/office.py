"""Addresses of who and what works where (人员、单位、辖区)."""

from django.urls import path

from shequtong.pages.views import (
    account_one,
    administration,
    boundary_import,
    contacts,
    log,
    people,
    people_changes,
    registry,
    station_changes,
    stations,
    units,
)

urlpatterns = [
    path("desk/administration/", administration.administration, name="administration"),
    path("desk/people/accounts/", administration.account_list, name="accounts"),
    path("desk/people/", people.people, name="people"),
    path("desk/people/new/", people_changes.person_new, name="person-new"),
    path("desk/people/accounts/new/", people_changes.account_new, name="account-new"),
    path("desk/people/accounts/<int:account_id>/", account_one.account_one, name="account"),
    path("desk/people/<int:appointment_id>/", people.person, name="person"),
    path("desk/people/<int:appointment_id>/deputy/", people_changes.person_deputy, name="person-deputy"),
    path("desk/people/<int:appointment_id>/end/", people_changes.person_end, name="person-end"),
    path("desk/stations/", stations.stations, name="stations"),
    path("desk/stations/new/", station_changes.station_new, name="station-new"),
    path("desk/stations/<int:station_id>/", stations.station, name="station"),
    path("desk/stations/<int:station_id>/change/", station_changes.station_change, name="station-change"),
    path("desk/stations/<int:station_id>/end/", station_changes.station_end, name="station-end"),
    path("desk/stations/offices/<int:office_id>/", station_changes.office, name="office"),
    path("desk/stations/offices/<int:office_id>/take/<int:station_id>/", station_changes.seat_take, name="seat-take"),
    path("desk/registry/persons/<int:person_id>/", registry.registry_person, name="registry-person"),
    path("desk/registry/homes/<int:room_id>/", registry.registry_door, name="registry-door"),
    path("desk/log/", log.log, name="log"),
    path("desk/units/", units.units, name="units"),
    path("desk/units/contacts/", contacts.contact_list, name="contact-list"),
    path("desk/units/<int:unit_id>/contact/", contacts.contact, name="contact"),
    path("desk/units/<int:unit_id>/contact/remove/", contacts.contact_remove, name="contact-remove"),
    path("desk/units/<int:unit_id>/", units.unit, name="unit"),
    path("desk/units/<int:unit_id>/buildings/", units.buildings, name="unit-buildings"),
    path("desk/units/<int:unit_id>/import/", boundary_import.boundary_import, name="unit-import"),
]
