"""Who can act: agencies, their stations, precinct offices with seats, who of a station is on duty; and where residents find an office."""

from .agency import Agency
from .contact_card import ContactCard
from .duty_shift import DutyShift
from .precinct_office import PrecinctOffice, Seat
from .station import Station

__all__ = ["Agency", "ContactCard", "DutyShift", "PrecinctOffice", "Seat", "Station"]
