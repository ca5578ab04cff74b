"""Persons, households, residences, homes, and the sets of those they apply to."""

from .care import CareOpening, CarePast, CareRecord, CareVisit
from .exporting import ExportRequest
from .home import Home
from .household import HEAD, Household, Membership
from .life import LifeEvent, LifePart
from .link import AccountLink
from .person import Person, PersonPast
from .provenance import Provenance, Source
from .residence import Residence
from .rights import Consent, RightsRequest
from .sets import Disability, Elderly, Employment, FamilySupport, Hardship, LeftBehind, Migrant, PartyMember, SetRow
from .terms import PersonMark, PersonTerm

__all__ = [
    "HEAD",
    "AccountLink",
    "CareOpening",
    "CarePast",
    "CareRecord",
    "CareVisit",
    "Consent",
    "Disability",
    "Elderly",
    "Employment",
    "ExportRequest",
    "FamilySupport",
    "Hardship",
    "Home",
    "Household",
    "LeftBehind",
    "LifeEvent",
    "LifePart",
    "Membership",
    "Migrant",
    "PartyMember",
    "Person",
    "PersonMark",
    "PersonPast",
    "PersonTerm",
    "Provenance",
    "Residence",
    "RightsRequest",
    "SetRow",
    "Source",
]
