"""This area's permissions. Roles hold them in config/roles.py."""

MANAGE_SYSTEMS = "interchange.manage_systems"  # keys of other systems; over the installation (storage number 0)
MANAGE_SHEETS = "interchange.manage_sheets"  # templates of the sheets that offices send each month

ALL = tuple(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str))
