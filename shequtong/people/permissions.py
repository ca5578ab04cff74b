"""This area's permissions. Roles hold them in config/roles.py."""

VIEW = "people.view"  # persons and homes, masked, and the lists of them
REVEAL = "people.reveal"  # one protected value, with a reason
RECORD = "people.record"  # enter and change: persons, households, residences, sets, what happens in life
IMPORT = "people.import"  # many at once, from a table
EXPORT = "people.export"  # a list as a table
APPROVE_EXPORT = "people.approve_export"  # the second person of a large one
VIEW_CARE = "people.view_care"  # special-care groups: a store of their own
RECORD_CARE = "people.record_care"
ANSWER_RIGHTS = "people.answer_rights"  # corrections and requests of residents about what is held of them
OWN = "people.own"  # a resident, of the person their account is linked to

ALL = tuple(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str))
