"""Appointments: where every right comes from."""

from .appointment import Appointment

__all__ = ["Appointment"]
