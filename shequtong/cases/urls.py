"""Addresses of cases: face / noun / number / verb."""

from django.urls import path

from shequtong.cases.views import (
    clock_runs,
    desk,
    export,
    flow,
    intake,
    moves,
    printing,
    resident_case,
    resident_report,
    standards,
    standards_batches,
)

app_name = "cases"

urlpatterns = [
    path("desk/cases/", desk.desk_queue, name="desk-queue"),
    path("desk/cases/new/", intake.desk_intake, name="desk-intake"),
    path("desk/cases/export/", export.desk_export, name="desk-export"),
    path("desk/cases/daily_sheet/", printing.desk_daily_sheet, name="desk-daily-sheet"),
    path("desk/cases/<str:number>/", desk.desk_detail, name="desk-detail"),
    path("desk/cases/<str:number>/contact/", desk.desk_contact, name="desk-contact"),
    path("desk/cases/<str:number>/print/", printing.desk_print, name="desk-print"),
    path("desk/cases/<str:number>/slip/", printing.desk_slip, name="desk-slip"),
    *(path(f"desk/cases/<str:number>/{verb}/", moves.desk_move, {"verb": verb}, name=f"desk-{verb}") for verb in moves.PAGES),
    path("desk/clock-runs/", clock_runs.desk_clock_runs, name="desk-clock-runs"),
    path("desk/clock-runs/<int:run_id>/", clock_runs.desk_clock_run, name="desk-clock-run"),
    path("desk/flow/", flow.desk_flow, name="desk-flow"),
    path("desk/flow/edit/", flow.desk_flow_edit, name="desk-flow-edit"),
    path("desk/flow/text/", flow.desk_flow_text, name="desk-flow-text"),
    path("desk/flow/publish/", flow.desk_flow_publish, name="desk-flow-publish"),
    path("desk/flow/<int:version>/", flow.desk_flow_version, name="desk-flow-version"),
    path("report/", resident_report.report_where, name="report"),
    path("report/what/", resident_report.report_what, name="report-what"),
    path("report/send/", resident_report.report_send, name="report-send"),
    path("report/done/<str:number>/", resident_report.report_done, name="report-done"),
    path("report/done/<str:number>/slip/", printing.report_slip, name="report-slip"),
    path("r/", resident_case.find, name="find"),
    path("r/<str:number>/", resident_case.public, name="public"),
    path("r/<str:number>/evaluate/", resident_case.evaluate, name="evaluate"),
    path("r/<str:number>/reopen/", resident_case.reopen, name="reopen"),
    path("me/", resident_case.mine, name="mine"),
    path("desk/standards/", standards.desk_standards, name="desk-standards"),
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
