"""The moves of a case (流转动作): what each does and when one takes it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases.workflow import MOVES
from shequtong.pages.glossary.counted import (
    accept_limits,
    closes_by_itself,
    may_be_reopened,
    may_be_unmerged,
    near_are_shown,
    sent_back_to_decision,
)
from shequtong.pages.glossary.word import Group, Word

WORDS = Group(
    "moves",
    pgettext_lazy("words", "Moves: what is done to a case"),
    (
        Word(
            "intake",
            MOVES["intake"].label,
            _("Somebody took the matter in: a resident, a phone call, the window, the hotline, or staff on their round."),
            near_are_shown,
        ),
        Word("admit", MOVES["admit"].label, _("Lets a report that was held go on as any other.")),
        Word(
            "confirm",
            MOVES["confirm"].label,
            _(
                "Says after a look on the spot whether it is really so. It comes before registering; verifying comes before closing."
            ),
        ),
        Word(
            "register",
            MOVES["register"].label,
            _("The office takes the case on under the standard of its class; from now on it must be handled."),
        ),
        Word(
            "dispatch", MOVES["dispatch"].label, _("Names the station that leads, by the duty list; the handling limit starts.")
        ),
        Word("accept", MOVES["accept"].label, _("The station says that it has seen the case and takes it on."), accept_limits),
        Word("assign", MOVES["assign"].label, _("The head of a station says who of its people does it.")),
        Word(
            "handle",
            MOVES["handle"].label,
            _("The station says that it is fixed, what was done, with a photo where one is asked for."),
        ),
        Word("verify", MOVES["verify"].label, _("Somebody other than who handled it saw that it is fixed.")),
        Word(
            "rework",
            MOVES["rework"].label,
            _("Checked and not fixed: it goes to the same station again, and its limit starts anew."),
        ),
        Word(
            "answer",
            MOVES["answer"].label,
            _(
                "What the reporter reads: what was found, what was done. Where the standard asks for it, somebody approves it first."
            ),
        ),
        Word("close", MOVES["close"].label, _("Ends the case after it was verified and answered."), closes_by_itself),
        Word("call_back", MOVES["call_back"].label, _("A call after closing: is it really solved, is the reporter content?")),
        Word(
            "evaluate",
            MOVES["evaluate"].label,
            _("The reporter says whether it is solved and gives one to five points. Once a closing."),
        ),
        Word(
            "reopen",
            MOVES["reopen"].label,
            _("It was closed but is not solved: it goes back to the dispatcher with the reason."),
            may_be_reopened,
        ),
        Word(
            "send_back",
            MOVES["send_back"].label,
            _("The station says with a reason that it is not its matter; the dispatcher looks for another."),
            sent_back_to_decision,
        ),
        Word(
            "take_back",
            MOVES["take_back"].label,
            _("Nobody accepted the dispatch in time; the platform gives it back to the dispatcher."),
            accept_limits,
        ),
        Word(
            "decide",
            MOVES["decide"].label,
            _("The head of the precinct office names the lead station; it cannot be sent back any more."),
        ),
        Word(
            "assist",
            MOVES["assist"].label,
            _("The lead station asks another for a part of the work. It stays responsible for the whole."),
        ),
        Word(
            "hand_over",
            MOVES["hand_over"].label,
            _("The lead station offers the whole case to another, which takes it over or refuses. The limit runs on."),
        ),
        Word(
            "call_off",
            MOVES["call_off"].label,
            _(
                "Takes back what was asked of others and is not yet answered: assistance, a hand-over, time, a question to the reporter."
            ),
        ),
        Word(
            "urge",
            MOVES["urge"].label,
            _(
                "From above: this case must move, and the station replies what it does about it. Levels: precinct office, subdistrict, district."
            ),
        ),
        Word(
            "appeal",
            MOVES["appeal"].label,
            _(
                "A station that was late through no fault of its own asks that it not count. The late date stays; only the score changes. Two levels judge."
            ),
        ),
        Word(
            "merge",
            MOVES["merge"].label,
            _("The same matter told twice goes on as one; nobody is forgotten in the answer."),
            may_be_unmerged,
        ),
        Word("correct", MOVES["correct"].label, _("Sets class, place or words right, with the old ones kept.")),
        Word("void", MOVES["void"].label, _("Ends a case that should not be handled, with a reason.")),
        Word(
            "self_handle",
            MOVES["self_handle"].label,
            _("Staff saw it and settled it at once; somebody of the office reviews it afterwards."),
        ),
    ),
)
