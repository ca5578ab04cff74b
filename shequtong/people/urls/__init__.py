"""Addresses of the registry; one person and one door are pages that show several areas (`pages`)."""

from django.urls import path

from shequtong.people.urls.care import care
from shequtong.people.urls.dwellings import dwellings
from shequtong.people.views import (
    due,
    exports,
    life,
    own,
    own_rights,
    persons,
    privacy,
    reveal,
    rights,
    undo,
    writing,
)

app_name = "people"

urlpatterns = [
    *care,
    *dwellings,
    path("desk/registry/", persons.desk_persons, name="desk-persons"),
    path("desk/registry/find/", persons.desk_find, name="desk-find"),
    path("desk/registry/homes/<int:room_id>/register/", writing.desk_register, name="desk-register"),
    path("desk/registry/persons/<int:person_id>/change/", writing.desk_change, name="desk-change"),
    path("desk/registry/persons/<int:person_id>/sets/<slug:name>/", writing.desk_set, name="desk-set"),
    path("desk/registry/persons/<int:person_id>/sets/<slug:name>/end/", writing.desk_set_end, name="desk-set-end"),
    path("desk/registry/persons/<int:person_id>/reveal/<str:what>/", reveal.desk_reveal, name="desk-reveal"),
    path("desk/registry/rights/", rights.desk_rights, name="desk-rights"),
    path("desk/registry/rights/<int:request_id>/", rights.desk_right, name="desk-right"),
    path("desk/registry/rights/<int:request_id>/show/", rights.desk_right_show, name="desk-right-show"),
    path("desk/registry/persons/<int:person_id>/privacy/", privacy.desk_privacy, name="desk-privacy"),
    path("desk/registry/persons/<int:person_id>/privacy/link/", privacy.desk_link, name="desk-link"),
    path("desk/registry/persons/<int:person_id>/privacy/consent/<slug:group>/", privacy.desk_consent, name="desk-consent"),
    path("desk/registry/persons/<int:person_id>/privacy/ask/", privacy.desk_ask, name="desk-ask"),
    path("desk/registry/persons/<int:person_id>/privacy/ask/<slug:what>/", privacy.desk_ask_correct, name="desk-ask-correct"),
    path("me/registry/", own.own, name="own"),
    path("me/registry/link/", own.own_linking, name="own-linking"),
    path("me/registry/unlink/", own.own_unlink, name="own-unlink"),
    path("me/registry/show/", own.own_show, name="own-show"),
    path("me/registry/correct/<str:what>/", own_rights.own_correct, name="own-correct"),
    path("me/registry/delete/<slug:group>/", own_rights.own_delete, name="own-delete"),
    path("me/registry/consent/<slug:group>/", own_rights.own_consent, name="own-consent"),
    path("desk/registry/due/", due.desk_due, name="desk-due"),
    path("desk/registry/homes/<int:room_id>/seen/", due.desk_seen, name="desk-seen"),
    path("desk/registry/homes/<int:room_id>/life/move-in/", life.desk_life_who, name="desk-life-who"),
    path("desk/registry/homes/<int:room_id>/life/tenants/", life.desk_life_tenants, name="desk-life-tenants"),
    path("desk/registry/persons/<int:person_id>/life/", life.desk_life_menu, name="desk-life-menu"),
    path("desk/registry/persons/<int:person_id>/life/<slug:event>/", life.desk_life, name="desk-life"),
    path("desk/registry/life/<int:event_id>/undo/", undo.desk_life_undo, name="desk-life-undo"),
    path("desk/registry/exports/", exports.desk_exports, name="desk-exports"),
    path("desk/registry/exports/new/", exports.desk_export_new, name="desk-export-new"),
    path("desk/registry/exports/<int:export_id>/", exports.desk_export, name="desk-export"),
    path("desk/registry/exports/<int:export_id>/make/", exports.desk_export_make, name="desk-export-make"),
]
