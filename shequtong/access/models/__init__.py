"""Appointments: where every right comes from; and which role does which function in a subdistrict."""

from .appointment import Appointment
from .function_role import FunctionRole

__all__ = ["Appointment", "FunctionRole"]
