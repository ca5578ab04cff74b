"""What this area stores."""

from .delivery import Delivery
from .import_run import ImportRun
from .people_table import PeopleChanges, PeopleMapping, PeopleRefusals, PeopleTable
from .sheet import Sheet, SheetTemplate
from .subscription import Subscription
from .system_key import SystemKey

__all__ = [
    "Delivery",
    "ImportRun",
    "PeopleChanges",
    "PeopleMapping",
    "PeopleRefusals",
    "PeopleTable",
    "Sheet",
    "SheetTemplate",
    "Subscription",
    "SystemKey",
]
