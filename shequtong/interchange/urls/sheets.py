"""Addresses of the sheets an office must send (月度报表)."""

from django.urls import path

from shequtong.interchange.views import sheet_templates
from shequtong.interchange.views import sheets as views

_AT = "desk/registry/sheets/"
sheets = [
    path(_AT, views.desk_sheets, name="desk-sheets"),
    path(f"{_AT}<int:template_id>/fill/<str:code>/<str:month>/", views.desk_sheet_fill, name="desk-sheet-fill"),
    path(f"{_AT}templates/", sheet_templates.desk_sheet_templates, name="desk-sheet-templates"),
    path(f"{_AT}templates/new/", sheet_templates.desk_sheet_template_new, name="desk-sheet-template-new"),
    path(f"{_AT}templates/example/<slug:name>/", sheet_templates.desk_sheet_example, name="desk-sheet-example"),
    path(f"{_AT}templates/<int:template_id>/", sheet_templates.desk_sheet_template, name="desk-sheet-template"),
    path(f"{_AT}templates/<int:template_id>/file/", sheet_templates.desk_sheet_template_file, name="desk-sheet-template-file"),
    path(
        f"{_AT}templates/<int:template_id>/retire/", sheet_templates.desk_sheet_template_retire, name="desk-sheet-template-retire"
    ),
]
