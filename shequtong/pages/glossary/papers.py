"""A case and what belongs to it (案件与材料)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.pages.glossary.counted import contacts_kept, limited_at_most, quiet_days
from shequtong.pages.glossary.word import Group, Word

WORDS = Group(
    "papers",
    pgettext_lazy("words", "A case and its papers"),
    (
        Word(
            "case",
            pgettext_lazy("word", "Case"),
            _("One matter from when it is heard of until it is evaluated. Residents call it their matter."),
        ),
        Word("stage", _("Stage"), _("Where a case stands: who is being waited for at the moment.")),
        Word("number", _("Number"), _("Names a case, e.g. on a slip. Anybody with it sees stage and dates, nothing personal.")),
        Word(
            "key",
            _("Key"),
            _("Given to the reporter with the number. With both they read all of their matter without signing in."),
        ),
        Word("class", _("Class"), _("What kind of matter it is. The class decides standard, limit and duty.")),
        Word(
            "standard",
            _("Standard"),
            _(
                "For each class: when to register, when to close, how long it may take, on what legal basis. A case keeps the version it was registered under."
            ),
        ),
        Word("duty", _("Duty list"), _("Which agency leads and which assist for a class. Dispatching suggests by it.")),
        Word("flow", _("Flow"), _("Which stages and moves the subdistrict uses, who does them and how long is waited.")),
        Word(
            "reporter",
            _("Reporter"),
            _("Who told it. Name and telephone are kept encrypted and shown masked; each look is recorded with its reason."),
            contacts_kept,
        ),
        Word(
            "headers",
            pgettext_lazy("word", "Headers"),
            _("Number, class, place, stage and dates, without words, photos and names."),
        ),
        Word("slip", pgettext_lazy("word", "Slip"), _("Paper for the reporter with number and key.")),
        Word("course", _("Course"), _("Every move with who, when and why. Nothing in it can be changed or deleted.")),
        Word("phrase", _("Phrases"), _("Sentences written often, to be put in by one press.")),
        Word(
            "limited_sender",
            pgettext_lazy("word", "Limited sender"),
            _(
                "Somebody who sent abuse: what they send is looked at first or not taken, for a time, with a reason they are told."
            ),
            limited_at_most,
        ),
        Word(
            "hotline",
            pgettext_lazy("word", "12345 order"),
            _("What the city's hotline sent. Its own due time caps ours: the earlier one holds."),
        ),
        Word(
            "root_project",
            pgettext_lazy("word", "Root-cause project"),
            _(
                "What comes back at one place again and again, given to a station to be cured. It ends by itself once that is reported as done and no new case came for some time."
            ),
            quiet_days,
        ),
        Word("board", _("Board"), _("Open cases of a place by stage and light, for the wall. Each number opens its list.")),
    ),
)
