"""This area's permissions, and those of the administrators (三员) whose areas lie below. Roles hold them in config/roles.py."""

APPOINT = "access.appoint"  # give and end appointments
VIEW_APPOINTMENTS = "access.view_appointments"

ALL = tuple(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str))
