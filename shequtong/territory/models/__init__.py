"""Places: the tree of units with dated boundaries, dwellings, and the calendars work is counted by."""

from .address_gram import AddressGram
from .building import Building, Entrance, Room
from .calendar import CalendarDay, CalendarYear, OfficeHours, WorkCalendar
from .compound import Compound
from .regridding import Regridding
from .unit import Unit
from .unit_version import UnitVersion

__all__ = [
    "AddressGram",
    "Building",
    "CalendarDay",
    "CalendarYear",
    "Compound",
    "Entrance",
    "OfficeHours",
    "Regridding",
    "Room",
    "Unit",
    "UnitVersion",
    "WorkCalendar",
]
