"""Addresses of what an office sets (标准、流程、常用语、时限重算)."""

from django.urls import path

from shequtong.cases.views import (
    clock_runs,
    flow,
    phrases,
    stage_limits,
    standards,
    standards_batches,
)

urlpatterns = [
    path("desk/phrases/", phrases.desk_phrases, name="desk-phrases"),
    path("desk/phrases/<int:phrase_id>/", phrases.desk_phrase, name="desk-phrase"),
    path("desk/phrases/<int:phrase_id>/end/", phrases.desk_phrase_end, name="desk-phrase-end"),
    path("desk/clock-runs/", clock_runs.desk_clock_runs, name="desk-clock-runs"),
    path("desk/clock-runs/<int:run_id>/", clock_runs.desk_clock_run, name="desk-clock-run"),
    *(path(f"desk/flow/{rest}", view, name=name) for rest, view, name in flow.PAGES),
    path("desk/standards/", standards.desk_standards, name="desk-standards"),
    path("desk/standards/stages/", stage_limits.desk_stage_limits, name="desk-stage-limits"),
    path("desk/standards/new/", standards.desk_standard_edit, name="desk-standards-new"),
    path("desk/standards/class/<str:code>/", standards.desk_standard, name="desk-standard"),
    path("desk/standards/class/<str:code>/edit/", standards.desk_standard_edit, name="desk-standard-edit"),
    path("desk/standards/class/<str:code>/compare/", standards.desk_standard_compare, name="desk-standard-compare"),
    path("desk/standards/export/", standards_batches.desk_standards_export, name="desk-standards-export"),
    path("desk/standards/import/", standards_batches.desk_standards_import, name="desk-standards-import"),
    path("desk/standards/examples/", standards_batches.desk_standards_examples, name="desk-standards-examples"),
    path("desk/standards/batches/<int:batch>/", standards_batches.desk_standards_batch, name="desk-standards-batch"),
    path("desk/standards/batches/<int:batch>/publish/", standards_batches.desk_standards_publish, name="desk-standards-publish"),
]
