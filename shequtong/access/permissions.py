"""This area's permissions, and those of the administrators (三员) whose areas lie below. Roles hold them in config/roles.py."""

APPOINT = "access.appoint"  # give and end appointments
MAP_FUNCTIONS = "access.map_functions"  # say which role does which function in one's subdistrict
VIEW_APPOINTMENTS = "access.view_appointments"
VIEW_AUDIT = "audit.view"  # audit lies too low to have pages; who may read it is said here
VIEW_SECURITY_LOG = "audit.view_security"

ALL = tuple(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str))
