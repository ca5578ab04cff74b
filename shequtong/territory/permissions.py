"""This area's permissions. Roles hold them in config/roles.py."""

VIEW_GRIDS = "territory.view_grids"  # boundaries of grids on maps; those of communities are public
MANAGE_UNITS = "territory.manage_units"  # add, rename, redraw, end units; over the unit's parent
MANAGE_DWELLINGS = "territory.manage_dwellings"  # compounds, buildings, entrances, rooms
MANAGE_CALENDAR = (
    "territory.manage_calendar"  # office hours, holidays: over the installation (0), or of calendars only one's own units use
)

ALL = tuple(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str))
