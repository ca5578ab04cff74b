"""What may be done with appointments: give one, end one; and say which role does which function in a place."""

from ._giving import may_give
from .appoint import CannotAppoint, appoint
from .appoint_by_phone import appoint_by_phone
from .end_appointment import CannotEndAppointment, end_appointment
from .rename_account import CannotRenameAccount, rename_account
from .set_functions import CannotSetFunctions, set_functions

__all__ = [
    "CannotAppoint",
    "CannotEndAppointment",
    "CannotRenameAccount",
    "CannotSetFunctions",
    "appoint",
    "appoint_by_phone",
    "end_appointment",
    "may_give",
    "rename_account",
    "set_functions",
]
