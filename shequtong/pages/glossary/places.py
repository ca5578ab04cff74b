"""Places and bodies (辖区与单位): the tree of units, and who holds a case."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.pages.glossary.word import Group, Word

WORDS = Group(
    "places",
    pgettext_lazy("words", "Places and bodies"),
    (
        Word("subdistrict", _("Subdistrict"), _("The office that this platform serves; it is divided into precincts.")),
        Word("precinct", pgettext_lazy("word", "Precinct"), _("Some communities of a subdistrict with one joint office.")),
        Word("community", _("Community"), _("A residents' committee's area, divided into grids.")),
        Word("grid", _("Grid"), _("The smallest area with somebody answerable for it: some hundred homes of one community.")),
        Word(
            "compound", pgettext_lazy("word", "Compound"), _("Buildings behind one gate; it has buildings, entrances and rooms.")
        ),
        Word(
            "precinct_office",
            pgettext_lazy("word", "Precinct office"),
            _("The joint office of a precinct for governance by grids, where stations have their seats."),
        ),
        Word("seat", pgettext_lazy("word", "Seat"), _("The place of a station in a precinct office.")),
        Word("agency", _("Agency"), _("Whose duty a class of matters is by law: police, urban management, housing and so on.")),
        Word(
            "station",
            _("Station"),
            _("An agency's local unit, which can have a case in hand; also a committee or a property firm's service point."),
        ),
        Word(
            "lead_station",
            pgettext_lazy("word", "Lead station"),
            _("The station that answers for a case: it alone moves it on while it is in hand."),
        ),
        Word(
            "assisting",
            pgettext_lazy("word", "Assisting station"),
            _("Does a part that the lead station asked for, and answers for that part."),
        ),
        Word("duty_roster", _("Duty roster"), _("Who of each station can be reached at night and on rest days.")),
    ),
)
