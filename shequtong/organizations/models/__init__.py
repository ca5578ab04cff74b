"""Who can act: agencies, their stations, precinct offices with seats."""

from .agency import Agency
from .precinct_office import PrecinctOffice, Seat
from .station import Station

__all__ = ["Agency", "PrecinctOffice", "Seat", "Station"]
