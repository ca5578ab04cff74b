"""This area's permissions. Roles hold them in config/roles.py."""

VIEW = "cases.view"  # the full case
VIEW_HEADER = "cases.view_header"  # class, stage, place, clock: no personal data
VIEW_CONTACT = "cases.view_contact"  # reveal the reporter's phone, with a reason, logged
INTAKE = "cases.intake"
REGISTER = "cases.register"
DISPATCH = "cases.dispatch"
ACCEPT = "cases.accept"
SEND_BACK = "cases.send_back"
ASSIST = "cases.assist"
ANSWER_ASSIST = "cases.answer_assist"
HANDLE = "cases.handle"
VERIFY = "cases.verify"
ANSWER = "cases.answer"
CLOSE = "cases.close"
EVALUATE = "cases.evaluate"
REOPEN = "cases.reopen"
VOID = "cases.void"
PUBLISH_STANDARD = "cases.publish_standard"

ALL = tuple(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str))
