"""Addresses of cases: face / noun / number / verb."""

from django.urls import path

from shequtong.cases.views import clock_runs, desk, export, intake, moves, printing, resident_case, resident_report

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
]
