"""This area's permissions. Roles hold them in config/roles.py."""

MANAGE = "accounts.manage"  # open and close the accounts of staff, give them a first password
OPEN = "accounts.open"  # open an account for somebody who is appointed in one's own place

ALL = tuple(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str))
