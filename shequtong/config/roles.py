"""Who may do what (角色与权限): the one table. Each line of a role says how far, then what.

Cases are seen in full where one is responsible, as headers without personal data in the whole street (design.md 6).
"""

from typing import Final

from django.utils.translation import pgettext_lazy

from shequtong.access import permissions as access
from shequtong.access.roles import Role, RoleTable, Scope
from shequtong.accounts import permissions as accounts
from shequtong.cases import permissions as cases
from shequtong.interchange import permissions as interchange
from shequtong.organizations import permissions as organizations
from shequtong.people import permissions as people
from shequtong.territory import permissions as territory

_SEE: Final = (cases.VIEW, cases.VIEW_HEADER, territory.VIEW_GRIDS)
_HEADERS: Final = (cases.VIEW_HEADER, territory.VIEW_GRIDS)
_WHOM_TO_RING: Final = (organizations.VIEW_DUTY, organizations.VIEW_STATIONS)
# 首接负责: who hears of something takes it in wherever in the street it lies; the office of that place goes on with it.
_HEARS: Final = (cases.INTAKE,)
# The registry is the community's: who works there keeps it; the street's supervisor sees to it, and is the second person of large exports.
_KEEPS: Final = (people.VIEW, people.REVEAL, people.RECORD)
_OFFICE: Final = (
    *_HEADERS,
    *_WHOM_TO_RING,
)  # an office knows who of the whole street is on duty tonight

_ROLES: Final = (
    Role("district_viewer", pgettext_lazy("role", "District platform"), {Scope.TERRITORY: (*_HEADERS, cases.URGE)}),
    Role(
        "subdistrict_supervisor",
        pgettext_lazy("role", "Subdistrict supervisor"),
        {
            Scope.TERRITORY: (
                *_SEE,
                *(cases.VIEW_CONTACT, cases.REOPEN, cases.VOID, cases.CLOSE, cases.PUBLISH_STANDARD),
                *(cases.DECIDE, cases.URGE, cases.JUDGE_APPEAL_FINALLY, cases.GRANT_TIME, cases.APPROVE_ANSWER, cases.HOTLINE),
                *(cases.NOTE, cases.BLOCK, cases.MANAGE_FLOW, cases.MANAGE_PHRASES, cases.MERGE, cases.CORRECT),
                *(cases.WITHDRAW_CONSENT, cases.LEAD_ROOT, cases.REPORT_ROOT),
                # Who leads a street says who works in it, below themselves (decision 0014).
                *(access.APPOINT, accounts.OPEN),
                *(access.VIEW_APPOINTMENTS, access.MAP_FUNCTIONS, territory.MANAGE_DWELLINGS, territory.MANAGE_CALENDAR),
                *(organizations.VIEW_DUTY, organizations.VIEW_STATIONS, organizations.MANAGE_CONTACTS),
                *(*_KEEPS, people.IMPORT, people.EXPORT, people.APPROVE_EXPORT, people.ANSWER_RIGHTS),
                *(people.VIEW_CARE, people.RECORD_CARE, interchange.MANAGE_SHEETS),
            )
        },
    ),
    Role(
        "precinct_head",
        pgettext_lazy("role", "Head of the precinct office"),
        {
            Scope.TERRITORY: (
                *_SEE,
                *(cases.VIEW_CONTACT, cases.REGISTER, cases.DISPATCH, cases.VERIFY),
                *(cases.ANSWER, cases.CLOSE, cases.REOPEN, cases.VOID),
                *(cases.SCREEN, cases.CONFIRM, cases.REVIEW, cases.DECIDE, cases.GRANT_TIME, cases.ASK_REPORTER, cases.URGE),
                *(cases.JUDGE_APPEAL, cases.MERGE, cases.CORRECT, cases.APPROVE_ANSWER, cases.CALL_BACK, cases.HOTLINE),
                *(cases.NOTE, cases.BLOCK, cases.MANAGE_PHRASES, cases.WITHDRAW_CONSENT, cases.LEAD_ROOT, cases.REPORT_ROOT),
                *(access.VIEW_APPOINTMENTS, organizations.MANAGE_CONTACTS),
            ),
            Scope.SUBDISTRICT: (*_OFFICE, *_HEARS),
        },
    ),
    Role(
        "acceptor",
        pgettext_lazy("role", "Acceptor"),
        {
            Scope.TERRITORY: (
                *(*_SEE, cases.VIEW_CONTACT, cases.REGISTER, cases.ANSWER, cases.CLOSE, cases.VOID),
                *(cases.SCREEN, cases.REVIEW, cases.ASK_REPORTER, cases.MERGE, cases.CORRECT, cases.CALL_BACK, cases.HOTLINE),
                *(cases.NOTE, cases.MANAGE_PHRASES, cases.WITHDRAW_CONSENT),
            ),
            Scope.SUBDISTRICT: (*_OFFICE, *_HEARS),
        },
    ),
    Role(
        "dispatcher",
        pgettext_lazy("role", "Dispatcher"),
        {
            Scope.TERRITORY: (
                *(*_SEE, cases.VIEW_CONTACT, cases.DISPATCH, cases.ANSWER, cases.CLOSE),
                *(cases.GRANT_TIME, cases.URGE, cases.MERGE, cases.CORRECT, cases.NOTE, cases.WITHDRAW_CONSENT),
                cases.LEAD_ROOT,
            ),
            Scope.SUBDISTRICT: _OFFICE,
        },
    ),
    Role("inspector", pgettext_lazy("role", "Inspector"), {Scope.TERRITORY: (*_SEE, cases.CONFIRM, cases.VERIFY, cases.NOTE)}),
    Role(
        "community_worker",
        pgettext_lazy("role", "Community worker"),
        {
            Scope.TERRITORY: (
                *(*_SEE, cases.VIEW_CONTACT, cases.VERIFY, territory.MANAGE_DWELLINGS),
                *(cases.CONFIRM, cases.SELF_HANDLE, cases.CALL_BACK, cases.NOTE, cases.WITHDRAW_CONSENT),
                organizations.MANAGE_CONTACTS,
                *(*_KEEPS, people.IMPORT, people.EXPORT, people.ANSWER_RIGHTS),
            ),
            Scope.SUBDISTRICT: _HEARS,
        },
    ),
    Role(
        "grid_worker",
        pgettext_lazy("role", "Grid worker"),
        {
            Scope.TERRITORY: (*_SEE, cases.VERIFY, cases.CONFIRM, cases.SELF_HANDLE, cases.NOTE, *_KEEPS),
            Scope.SUBDISTRICT: _HEARS,
        },
    ),
    Role(
        "station_head",
        pgettext_lazy("role", "Head of a station"),
        {
            Scope.STATION: (
                *(cases.VIEW, cases.VIEW_CONTACT, cases.ACCEPT, cases.SEND_BACK),
                *(cases.ASSIST, cases.ANSWER_ASSIST, cases.HANDLE, cases.ASSIGN, cases.HAND_OVER),
                *(cases.ASK_TIME, cases.ASK_REPORTER, cases.REPLY_URGE, cases.APPEAL, cases.NOTE, cases.REPORT_ROOT),
                *(organizations.VIEW_DUTY, organizations.MANAGE_DUTY),
            ),
            Scope.TERRITORY: (cases.INTAKE,),
            Scope.SUBDISTRICT: _HEADERS,
        },
    ),
    Role(
        "station_handler",
        pgettext_lazy("role", "Handler of a station"),
        {
            Scope.STATION: (
                *(cases.VIEW, cases.VIEW_CONTACT, cases.ACCEPT, cases.SEND_BACK),
                *(cases.ASSIST, cases.ANSWER_ASSIST, cases.HANDLE),
                *(cases.ASK_TIME, cases.ASK_REPORTER, cases.REPLY_URGE, cases.NOTE, cases.REPORT_ROOT),
                organizations.VIEW_DUTY,
            ),
            Scope.TERRITORY: (cases.INTAKE,),
            Scope.SUBDISTRICT: _HEADERS,
        },
    ),
    # Keeps the office's papers, what residents are told of it among them: sees how things stand, whom to ring; moves no case.
    Role(
        "clerk",
        pgettext_lazy("role", "Clerk"),
        {Scope.TERRITORY: (*_HEADERS, organizations.MANAGE_CONTACTS), Scope.SUBDISTRICT: _WHOM_TO_RING},
    ),
    # 三员分立 (GB/T 22239-2019): one runs the platform, one gives rights, one watches both; none of them sees a case.
    Role(
        "system_admin",
        pgettext_lazy("role", "System administrator"),
        {
            Scope.CITY: (
                *(accounts.MANAGE, accounts.OPEN, access.VIEW_APPOINTMENTS, territory.VIEW_GRIDS),
                *(organizations.MANAGE_AGENCIES, organizations.MANAGE_STATIONS, organizations.VIEW_STATIONS),
                organizations.MANAGE_CONTACTS,
                *(territory.MANAGE_UNITS, territory.MANAGE_DWELLINGS, territory.MANAGE_CALENDAR),
                interchange.MANAGE_SYSTEMS,
            )
        },
        administrator=True,
    ),
    Role(
        "security_admin",
        pgettext_lazy("role", "Security administrator"),
        {Scope.CITY: (access.APPOINT, access.VIEW_APPOINTMENTS)},
        administrator=True,
    ),
    Role(
        "audit_admin",
        pgettext_lazy("role", "Audit administrator"),
        {Scope.CITY: (access.VIEW_APPOINTMENTS, access.VIEW_AUDIT, access.VIEW_SECURITY_LOG)},
        administrator=True,
    ),
)

_OWN: Final = (cases.VIEW, cases.EVALUATE, cases.REOPEN, cases.ADD, cases.CORRECT, cases.WITHDRAW_CONSENT)
RESIDENT_PERMISSIONS: Final = frozenset({*_OWN, cases.INTAKE, cases.JOIN, people.OWN})
ANYONE: Final = frozenset({cases.INTAKE, cases.JOIN})  # a report needs no sign-in
ROLES: Final = RoleTable({role.code: role for role in _ROLES}, RESIDENT_PERMISSIONS, ANYONE)
