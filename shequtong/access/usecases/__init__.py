"""What may be done with appointments: give one, end one, put one to use."""

from .appoint import CannotAppoint, appoint
from .end_appointment import CannotEndAppointment, end_appointment

__all__ = ["CannotAppoint", "CannotEndAppointment", "appoint", "end_appointment"]
