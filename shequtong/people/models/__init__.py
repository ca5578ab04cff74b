"""Persons, households, residences, homes, and the sets of those they apply to."""

from .home import Home
from .household import HEAD, Household, Membership
from .link import AccountLink
from .person import Person, PersonPast
from .provenance import Provenance, Source
from .residence import Residence
from .sets import Disability, Elderly, Employment, FamilySupport, Hardship, LeftBehind, Migrant, PartyMember, SetRow
from .terms import PersonMark, PersonTerm

__all__ = [
    "HEAD",
    "AccountLink",
    "Disability",
    "Elderly",
    "Employment",
    "FamilySupport",
    "Hardship",
    "Home",
    "Household",
    "LeftBehind",
    "Membership",
    "Migrant",
    "PartyMember",
    "Person",
    "PersonMark",
    "PersonPast",
    "PersonTerm",
    "Provenance",
    "Residence",
    "SetRow",
    "Source",
]
