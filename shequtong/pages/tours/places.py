"""Where the steps lead (引导页面): pages of the desk and who may open them."""

from typing import Final

from shequtong.access import permissions as access
from shequtong.accounts import permissions as accounts
from shequtong.cases import permissions as cases
from shequtong.cases.workflow import Stage
from shequtong.organizations import permissions as organizations
from shequtong.pages.tours.step import Place
from shequtong.territory import permissions as territory

_SEES: Final = (cases.VIEW, cases.VIEW_HEADER)

WORKBENCH = Place("pages:workbench", needs=_SEES)
LIST = Place("cases:desk-queue", needs=_SEES)
AMBER_LIST = Place("cases:desk-queue", "light=amber", _SEES)
RED_LIST = Place("cases:desk-queue", "light=red", _SEES)
SEARCHING = Place("pages:search", needs=_SEES)
THE_BOARD = Place("pages:board", needs=_SEES)
RULES = Place("cases:desk-standards", needs=_SEES)
INTAKE = Place("cases:desk-intake", needs=(cases.INTAKE,))
SETTLED = Place("cases:desk-self-handle", needs=(cases.SELF_HANDLE,))
CALLS = Place("cases:desk-call-backs", needs=(cases.CALL_BACK,))
DUTY = Place("pages:duty", needs=(organizations.VIEW_DUTY,))
TERRITORY = Place("pages:units", needs=(territory.VIEW_GRIDS,))
PEOPLE = Place("pages:people", needs=(access.VIEW_APPOINTMENTS,))
TO_LOOK_AT = Place("pages:administration", needs=(access.VIEW_APPOINTMENTS,))
THE_ACCOUNTS = Place("pages:accounts", needs=(accounts.MANAGE,))
THE_LOG = Place("pages:log", needs=(access.VIEW_AUDIT,))
GIVING = Place("pages:person-new", needs=(access.APPOINT,))
THE_STATIONS = Place("pages:stations", needs=(organizations.VIEW_STATIONS,))
THE_CALENDARS = Place("territory:desk-calendars", needs=(territory.MANAGE_CALENDAR,))
ACCOUNT = Place("accounts:account")
HELPING = Place("pages:help")

# Cases, each for whom it waits at that stage.
TO_CONFIRM = Place("cases:desk-queue", needs=(cases.CONFIRM,), stages=(Stage.CONFIRMATION,))
TO_REGISTER = Place("cases:desk-queue", needs=(cases.REGISTER,), stages=(Stage.INTAKE,))
TO_DISPATCH = Place("cases:desk-queue", "stage=registered", (cases.DISPATCH,))
ONE_TO_DISPATCH = Place("cases:desk-queue", needs=(cases.DISPATCH,), stages=(Stage.REGISTERED,))
TO_DECIDE = Place("cases:desk-queue", needs=(cases.DECIDE,), stages=(Stage.DECISION,))
TO_ACCEPT = Place("cases:desk-queue", needs=(cases.ACCEPT,), stages=(Stage.DISPATCHED,))
IN_HAND = Place("cases:desk-queue", needs=(cases.HANDLE,), stages=(Stage.HANDLING,))
TO_VERIFY = Place("cases:desk-queue", needs=(cases.VERIFY,), stages=(Stage.VERIFICATION,))
TO_CLOSE = Place("cases:desk-queue", "stage=closing", (cases.CLOSE,))
