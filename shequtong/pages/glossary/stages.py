"""The stages of a case (案件阶段) in a sentence or two each."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases.workflow import Stage
from shequtong.pages.glossary.counted import (
    accept_limits,
    closes_by_itself,
    handling_limit,
    may_be_reopened,
    may_be_unmerged,
    sent_back_to_decision,
    stage_limit,
)
from shequtong.pages.glossary.word import Group, Word

WORDS = Group(
    "stages",
    pgettext_lazy("words", "Stages: who is waited for"),
    (
        Word(
            "stage-held",
            Stage.HELD.label,
            _(
                "A report that somebody of the office reads before it goes on: nobody says who told it, it insults somebody, it seems to hold private data of others, or its sender is limited."
            ),
            stage_limit(Stage.HELD),
        ),
        Word(
            "stage-confirmation",
            Stage.CONFIRMATION.label,
            _(
                "Somebody goes and looks whether it is really so, before the case is registered. Only classes whose standard asks for it come here."
            ),
            stage_limit(Stage.CONFIRMATION),
        ),
        Word(
            "stage-intake",
            Stage.INTAKE.label,
            _("The acceptor compares it with the condition to register, and registers it or says with a reason why not."),
            stage_limit(Stage.INTAKE),
        ),
        Word(
            "stage-registered",
            Stage.REGISTERED.label,
            _("Registered; the dispatcher names the station that leads, and those that assist."),
            stage_limit(Stage.REGISTERED),
        ),
        Word(
            "stage-decision",
            Stage.DECISION.label,
            _(
                "The stations cannot agree whose case it is; the head of the precinct office or the supervisor names one, and it may not be sent back again."
            ),
            sent_back_to_decision,
        ),
        Word(
            "stage-dispatched",
            Stage.DISPATCHED.label,
            _("Dispatched to a station that has not yet taken it on. The limit of handling runs already."),
            accept_limits,
        ),
        Word(
            "stage-handling",
            Stage.HANDLING.label,
            _(
                "The lead station has taken it on and is at work. It reports it as handled, with a photo where the standard asks for one."
            ),
            handling_limit,
        ),
        Word(
            "stage-verification",
            Stage.VERIFICATION.label,
            _(
                "It was reported as handled; somebody else checks on the spot whether it is fixed. Whoever handled it never verifies it."
            ),
            stage_limit(Stage.VERIFICATION),
        ),
        Word(
            "stage-closing",
            Stage.CLOSING.label,
            _("Checked and fixed; the reporter gets a written answer, then it is closed."),
            closes_by_itself,
        ),
        Word(
            "stage-closed",
            Stage.CLOSED.label,
            _("Fixed, answered and over. The reporter may evaluate it, or have it reopened."),
            may_be_reopened,
        ),
        Word(
            "stage-voided",
            Stage.VOIDED.label,
            _("Ended without having been handled, e.g. told by mistake. The reason stands with it; nothing is deleted."),
        ),
        Word(
            "stage-not_accepted",
            Stage.NOT_ACCEPTED.label,
            _("The office says before registering that it is not its matter. The reporter reads the reason."),
        ),
        Word(
            "stage-withdrawn",
            Stage.WITHDRAWN.label,
            _("The reporter took it back before it was registered. After that what is broken is mended all the same."),
        ),
        Word(
            "stage-merged",
            Stage.MERGED.label,
            _("The same matter had been told already; both go on as one case, and all reporters hear of its outcome."),
            may_be_unmerged,
        ),
    ),
)
