"""The first morning of each role (各岗位的上手引导): five steps each."""

from typing import Final

from shequtong.pages.tours import steps as a
from shequtong.pages.tours.step import Step

TOURS: Final[dict[str, tuple[Step, ...]]] = {
    "acceptor": (a.TILES, a.TAKE_IN, a.REGISTER, a.CLOSE, a.HELP),
    "dispatcher": (a.TILES, a.DISPATCH_LIST, a.DISPATCH, a.AMBER, a.HELP),
    "inspector": (a.TILES, a.CONFIRM, a.VERIFY, a.FILTER, a.HELP),
    "community_worker": (a.TILES, a.AT_WINDOW, a.CALL_BACK, a.BUILDINGS, a.HELP),
    "grid_worker": (a.TILES, a.REPORT, a.SPOT, a.VERIFY, a.HELP),
    "station_head": (a.HANDS, a.ACCEPT, a.WORK, a.ROSTER, a.HELP),
    "station_handler": (a.HANDS, a.ACCEPT, a.HANDLE, a.CLOCK, a.HELP),
    "precinct_head": (a.TILES, a.LATE, a.DECIDE, a.WALL, a.HELP),
    "subdistrict_supervisor": (a.TILES, a.LATE, a.WALL, a.APPOINT, a.HELP),
    "district_viewer": (a.HEADERS, a.WALL, a.LATE, a.STANDARDS, a.HELP),
    "clerk": (a.HEADERS, a.LIST_OF_ALL, a.SEARCH, a.WALL, a.HELP),
    "system_admin": (a.ADMIN_FIRST, a.ACCOUNTS, a.STATIONS, a.CALENDARS, a.HELP),
    "security_admin": (a.ADMIN_FIRST, a.GIVE, a.LOOK_OVER, a.OWN_ACCOUNT, a.HELP),
    "audit_admin": (a.ADMIN_FIRST, a.READ_LOG, a.LOOK_OVER, a.OWN_ACCOUNT, a.HELP),
}
