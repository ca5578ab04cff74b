"""This area's permissions. Roles hold them in config/roles.py."""

MANAGE_AGENCIES = "organizations.manage_agencies"  # over the installation (storage number 0)
MANAGE_STATIONS = "organizations.manage_stations"  # stations, precinct offices, seats; over the unit they serve
VIEW_STATIONS = "organizations.view_stations"  # the stations of one's street, with their people and figures
VIEW_DUTY = "organizations.view_duty"  # who is on duty: at one's station, or at the stations of the street
MANAGE_DUTY = "organizations.manage_duty"  # the duty roster of one's station
MANAGE_CONTACTS = "organizations.manage_contacts"  # what residents are told of an office: telephone, address, hours

ALL = tuple(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str))
