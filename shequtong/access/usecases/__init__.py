"""What may be done with appointments: give one, end one; and say which role does which function in a place."""

from .appoint import CannotAppoint, appoint
from .end_appointment import CannotEndAppointment, end_appointment
from .set_functions import CannotSetFunctions, set_functions

__all__ = ["CannotAppoint", "CannotEndAppointment", "CannotSetFunctions", "appoint", "end_appointment", "set_functions"]
