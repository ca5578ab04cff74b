"""The words of time (时限用语): clocks, lights, what stops or lengthens them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases.workflow import MOVES
from shequtong.core.clock import ClockKind, Light
from shequtong.pages.glossary.counted import (
    amber_from,
    due_reckoned,
    escalates,
    extension_adds,
    question_waits,
    suspension_lasts,
    work_day_is,
)
from shequtong.pages.glossary.word import Group, Word, kind_word, light_word

WORDS = Group(
    "time",
    pgettext_lazy("words", "Time and lights"),
    (
        Word(
            "limit",
            _("Limit"),
            _(
                "How long a case may take. While a station has it, the limit of its class; while the office has it, the office's own limit of the stage."
            ),
        ),
        Word(
            "due",
            _("Due"),
            _("The moment at which the limit is used up. Lists stand in its order: what is due first stands on top."),
            due_reckoned,
        ),
        Word("light", _("Light"), _("How much of the limit is used, as colour, shape and word: in time, due soon, overdue.")),
        Word("light-green", light_word(Light.GREEN), _("Green light, a circle: enough time is left.")),
        Word(
            "light-amber",
            light_word(Light.AMBER),
            _("Amber light, a triangle: most of the limit is used. Whoever has the case is reminded."),
            amber_from,
        ),
        Word(
            "light-red",
            light_word(Light.RED),
            _("Red light, a diamond: the limit is used up. The case is told to the level above, and counts as late."),
            escalates,
        ),
        Word(
            "urgent_hours", kind_word(ClockKind.URGENT_HOURS), _("For dangers: every hour counts, day and night, holidays too.")
        ),
        Word(
            "work_hours",
            kind_word(ClockKind.WORK_HOURS),
            _("Only hours in which the office is open count; nights, rest days and holidays do not."),
        ),
        Word(
            "work_days",
            kind_word(ClockKind.WORK_DAYS),
            _("Office hours, counted in days. Make-up workdays count, holidays do not, as the State Council's notice says."),
            work_day_is,
        ),
        Word("calendar_days", kind_word(ClockKind.CALENDAR_DAYS), _("Days of 24 hours, one after another, rest days included.")),
        Word(
            "calendar",
            pgettext_lazy("word", "Work calendar"),
            _("On which days and from when to when the office is open. Every clock is counted by it."),
        ),
        Word(
            "paused",
            pgettext_lazy("word", "Pause"),
            _(
                "The clock stands still: the case is suspended, or the reporter is asked something. The time of the pause is not counted."
            ),
        ),
        Word(
            "extend",
            MOVES["extend"].label,
            _("The station asks for more time before it is late; the office grants or refuses it."),
            extension_adds,
        ),
        Word(
            "suspend",
            MOVES["suspend"].label,
            _(
                "It cannot be settled for now, e.g. in winter or before a permit. Granted, the clock stands still until the day that was named."
            ),
            suspension_lasts,
        ),
        Word("resume", MOVES["resume"].label, _("The clock goes on from where it stood still.")),
        Word(
            "ask_reporter",
            MOVES["ask_reporter"].label,
            _("A question to who told it; the clock stands still until they answer."),
            question_waits,
        ),
        Word(
            "escalate", MOVES["escalate"].label, _("The platform itself tells the level above that a case is overdue."), escalates
        ),
    ),
)
