"""Who can act: agencies, their stations, precinct offices with seats, and who of a station is on duty."""

from .agency import Agency
from .duty_shift import DutyShift
from .precinct_office import PrecinctOffice, Seat
from .station import Station

__all__ = ["Agency", "DutyShift", "PrecinctOffice", "Seat", "Station"]
