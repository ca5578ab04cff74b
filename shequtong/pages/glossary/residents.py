"""The words residents meet (居民看到的词), as one would say them at the window."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases.workflow import PUBLIC_STAGES, Stage
from shequtong.pages.glossary.counted import contacts_kept, may_be_reopened, question_waits, work_day_is
from shequtong.pages.glossary.word import Group, Word

RESIDENTS: tuple[Group, ...] = (
    Group(
        "r1",
        pgettext_lazy("words", "Where a matter stands"),
        (
            Word(
                "stage-intake",
                PUBLIC_STAGES[Stage.INTAKE],
                _("We have your report. The office reads it and registers it, or tells you why not."),
            ),
            Word(
                "stage-registered",
                PUBLIC_STAGES[Stage.REGISTERED],
                _("The office has taken it on: it must now be handled, by a date you are told."),
            ),
            Word(
                "stage-dispatched", PUBLIC_STAGES[Stage.DISPATCHED], _("The body responsible was named and has it on its desk.")
            ),
            Word("stage-handling", PUBLIC_STAGES[Stage.HANDLING], _("The body responsible is at work on it.")),
            Word(
                "stage-verification",
                PUBLIC_STAGES[Stage.VERIFICATION],
                _("It was reported as done; somebody else checks whether that is so before you are answered."),
            ),
            Word(
                "stage-closed",
                PUBLIC_STAGES[Stage.CLOSED],
                _("It is done and answered. Tell us whether it is solved; if it is not, have it reopened."),
                may_be_reopened,
            ),
            Word(
                "stage-not_accepted",
                PUBLIC_STAGES[Stage.NOT_ACCEPTED],
                _("It is not a matter of this office. The reason stands with it."),
            ),
            Word(
                "stage-voided",
                PUBLIC_STAGES[Stage.VOIDED],
                _("It is not pursued, e.g. because it was told by mistake. The reason stands with it."),
            ),
            Word("stage-withdrawn", PUBLIC_STAGES[Stage.WITHDRAWN], _("You took it back.")),
            Word(
                "stage-merged",
                PUBLIC_STAGES[Stage.MERGED],
                _("Somebody else had told the same; both go on as one, and you hear of the outcome."),
            ),
        ),
    ),
    Group(
        "r2",
        pgettext_lazy("words", "Time"),
        (
            Word(
                "promise",
                _("To be handled"),
                _("By when the body responsible must have done it. It counts from the day it was passed on."),
            ),
            Word(
                "work_days",
                pgettext_lazy("word", "Working day"),
                _("A day on which the office is open. Weekends and public holidays do not count, make-up workdays do."),
                work_day_is,
            ),
            Word(
                "paused",
                _("The time stands still"),
                _(
                    "We wait for your answer, or it cannot be settled for the moment. The reason and the latest day stand with your matter."
                ),
                question_waits,
            ),
        ),
    ),
    Group(
        "r3",
        pgettext_lazy("words", "What you can do"),
        (
            Word(
                "number",
                _("Number"),
                _("The name of your matter. Anybody with it sees how far it is, but not your words and not who you are."),
            ),
            Word("key", _("Key"), _("Opens all of your matter together with its number. Keep it as you would a password.")),
            Word("add", _("Add something"), _("Tell us more, or send another photo, while it is open.")),
            Word(
                "correct",
                pgettext_lazy("word", "Correct"),
                _("Set the kind of matter or the place right if we or you had it wrong."),
            ),
            Word(
                "withdraw",
                pgettext_lazy("word", "Withdraw"),
                _("Take it back. What is broken is mended all the same once it has been registered."),
            ),
            Word(
                "question",
                pgettext_lazy("word", "Our question"),
                _("We ask you something that we need to know to go on; the time stands still until you answer."),
                question_waits,
            ),
            Word("evaluate", _("Evaluate"), _("Say whether it is solved, and give one to five points.")),
            Word("reopen", _("Reopen"), _("It was closed but is not solved: it is handled once more."), may_be_reopened),
            Word(
                "join",
                pgettext_lazy("word", "I met it too"),
                _("Somebody told the same already: join in instead of telling it again, and you hear of the outcome."),
            ),
            Word(
                "withdraw_consent",
                _("Remove my name and telephone"),
                _("We delete them at once; the matter goes on without them, but we can no longer ask or tell you."),
                contacts_kept,
            ),
        ),
    ),
    Group(
        "r4",
        pgettext_lazy("words", "Who answers"),
        (
            Word(
                "station",
                _("Who answers"),
                _("The body that handles it, e.g. the police station or the property firm. Its people's names are not shown."),
            ),
            Word("community", _("Community"), _("The area of your residents' committee.")),
            Word(
                "grid", _("Grid"), _("A part of the community with somebody answerable for it; you need not know which is yours.")
            ),
            Word(
                "answer",
                pgettext_lazy("word", "Answer"),
                _("What we write to you when it is done: what we found and what was done."),
            ),
            Word("published", _("Published answers"), _("Answers of general use, without names, addresses and photos.")),
        ),
    ),
)
