"""Addresses of residents (居民端)."""

from django.urls import path

from shequtong.cases.views import (
    consent,
    printing,
    public_answers,
    resident_case,
    resident_join,
    resident_link,
    resident_list,
    resident_lost_key,
    resident_own,
    resident_question,
    resident_report,
    suggesting,
)

urlpatterns = [
    path("report/", resident_report.report_where, name="report"),
    path("report/near/", resident_report.report_near, name="report-near"),
    path("report/what/", resident_report.report_what, name="report-what"),
    path("report/suggest/", suggesting.report_suggest, name="report-suggest"),
    path("report/send/", resident_report.report_send, name="report-send"),
    path("report/done/<str:number>/", resident_report.report_done, name="report-done"),
    path("report/done/<str:number>/slip/", printing.report_slip, name="report-slip"),
    path("r/", resident_case.find, name="find"),
    path("r/lost/", resident_lost_key.lost_key, name="lost-key"),
    path("r/q/<str:token>/", resident_question.question, name="question"),
    path("r/s/<str:token>/", resident_link.open_link, name="open-link"),
    path("r/<str:number>/", resident_case.public, name="public"),
    path("r/<str:number>/answer_question/", resident_question.answer_question, name="answer-question"),
    path("r/<str:number>/evaluate/", resident_case.evaluate, name="evaluate"),
    path("r/<str:number>/add/", resident_own.add, name="add"),
    path("r/<str:number>/correct/", resident_own.correct, name="correct"),
    path("r/<str:number>/withdraw/", resident_own.withdraw, name="withdraw"),
    path("r/<str:number>/withdraw_consent/", consent.withdraw_consent, name="withdraw-consent"),
    path("r/<str:number>/join/", resident_join.join, name="join"),
    path("r/<str:number>/reopen/", resident_own.reopen, name="reopen"),
    path("me/", resident_list.mine, name="mine"),
    path("answers/", public_answers.public_answers, name="answers"),
]
