"""The verbs of the main line (主线操作), one page each."""

from shequtong.cases import usecases
from shequtong.cases.forms import moves as forms
from shequtong.cases.views.moves import judged
from shequtong.cases.views.moves.page import MovePage, call, call_with_photos

PAGES: dict[str, MovePage] = {
    "accept": MovePage(forms.PlainForm, call(usecases.accept_case)),
    "handle": MovePage(
        forms.HandleForm,
        call_with_photos(usecases.handle_case, result="note"),
        above="cases/desk/moves/_reworked.html",
        facts=judged.why_again,
    ),
    "verify": MovePage(
        forms.VerifyForm,
        call_with_photos(usecases.verify_case, note="note"),
        above=judged.ABOVE,
        facts=judged.what_was_done,
        beside="rework",
    ),
    "rework": MovePage(
        forms.ReworkForm,
        call_with_photos(usecases.rework_case, reason="note"),
        above=judged.ABOVE,
        facts=judged.what_was_done,
        beside="verify",
    ),
    "close": MovePage(forms.NoteForm, call(usecases.close_case, note="note"), above=judged.ABOVE, facts=judged.what_is_closed),
    "reopen": MovePage(forms.ReasonForm, call(usecases.reopen_case, reason="note")),
    "void": MovePage(forms.ReasonForm, call(usecases.void_case, reason="note"), danger=True),
}
