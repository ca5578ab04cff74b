"""Addresses of the desk (工作台): cases, answers, the hotline."""

from django.urls import path

from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.views import (
    answers,
    blocking,
    bulk,
    case_map,
    consent,
    desk,
    export,
    hot_issues,
    hotline,
    intake,
    moves,
    next_one,
    own_list,
    printing,
    queue,
    screening,
    settled,
    suggesting,
    together,
)

urlpatterns = [
    path("desk/cases/", queue.desk_queue, name="desk-queue"),
    path("desk/cases/new/", intake.desk_intake, name="desk-intake"),
    path("desk/cases/suggest/", suggesting.desk_suggest, name="desk-suggest"),
    path("desk/cases/self_handle/", settled.desk_self_handle, name="desk-self-handle"),
    path("desk/cases/export/", export.desk_export, name="desk-export"),
    path("desk/cases/daily_sheet/", printing.desk_daily_sheet, name="desk-daily-sheet"),
    path("desk/cases/map/", case_map.desk_map, name="desk-map"),
    path("desk/cases/map/view/", case_map.desk_map_view, name="desk-map-view"),
    path("desk/cases/mine/", own_list.desk_mine, name="desk-mine"),
    path("desk/cases/next/", next_one.desk_next, name="desk-next"),
    path("desk/cases/bulk/accept/", bulk.desk_bulk, {"verb": "accept"}, name="desk-bulk-accept"),
    path("desk/cases/bulk/dispatch/", bulk.desk_bulk, {"verb": "dispatch"}, name="desk-bulk-dispatch"),
    path("desk/cases/bulk/close/", bulk.desk_bulk, {"verb": "close"}, name="desk-bulk-close"),
    path("desk/cases/bulk/urge/", bulk.desk_bulk, {"verb": "urge"}, name="desk-bulk-urge"),
    path("desk/cases/bulk/<int:bulk_id>/", bulk.desk_bulk_done, name="desk-bulk-done"),
    path("desk/answers/", answers.desk_answers, name="desk-answers"),
    path("desk/blocked/", blocking.desk_blocked, name="desk-blocked"),
    path("desk/blocked/<int:block_id>/lift/", blocking.desk_blocked_lift, name="desk-blocked-lift"),
    path("desk/screening/", screening.desk_screening, name="desk-screening"),
    path("desk/call-backs/", answers.desk_call_backs, name="desk-call-backs"),
    path("desk/hot/", hot_issues.desk_hot, name="desk-hot"),
    path("desk/hotline/", hotline.desk_hotline, name="desk-hotline"),
    path("desk/hotline/export/", hotline.desk_hotline_export, name="desk-hotline-export"),
    path("desk/hotline/sample/", hotline.desk_hotline_sample, name="desk-hotline-sample"),
    path("desk/hotline/import/", hotline.desk_hotline_import, name="desk-hotline-import"),
    path("desk/hotline/uploads/<int:upload>/", hotline.desk_hotline_upload, name="desk-hotline-upload"),
    path("desk/cases/<str:number>/", desk.desk_detail, name="desk-detail"),
    path("desk/cases/<str:number>/block/", blocking.desk_block, name="desk-block"),
    path("desk/cases/<str:number>/contact/", desk.desk_contact, name="desk-contact"),
    path("desk/cases/<str:number>/withdraw_consent/", consent.desk_withdraw_consent, name="desk-withdraw-consent"),
    path("desk/cases/<str:number>/presence/", together.desk_presence, name="desk-presence"),
    path("desk/cases/<str:number>/note/", together.desk_note, name="desk-note"),
    path("desk/cases/<str:number>/follow/", together.desk_follow, name="desk-follow"),
    path("desk/cases/<str:number>/print/", printing.desk_print, name="desk-print"),
    path("desk/cases/<str:number>/slip/", printing.desk_slip, name="desk-slip"),
    *(
        path(f"desk/cases/<str:number>/{way}/", moves.desk_short_way, {"way": way}, name=f"desk-{way.replace('_', '-')}")
        for way in SHORT_WAYS
    ),
    *(path(f"desk/cases/<str:number>/{verb}/", moves.desk_move, {"verb": verb}, name=f"desk-{verb}") for verb in moves.PAGES),
]
