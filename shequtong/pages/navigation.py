"""The desk's menu and what stands above its pages (导航): what the post in use may open, in three groups. Costs no statement.

Daily work first, then what is looked up, then how the office is set up; on a phone the first few of the daily work, the rest behind "More".
"""

from collections.abc import Mapping
from functools import cache

from django.http import HttpRequest  # noqa: TID251  # a context processor gets one
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.access import permissions as access
from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.access.roles import Role
from shequtong.accounts import permissions as accounts
from shequtong.cases import permissions
from shequtong.cases.lookups.hot import sees_ground
from shequtong.interchange import permissions as interchange
from shequtong.organizations import permissions as organizations
from shequtong.pages.board import board_of
from shequtong.people import permissions as registry
from shequtong.territory import permissions as territory
from shequtong.territory.calendar_users import LATER_COOKIE, missing_for

Acting = AccountActor | AnonymousActor
Entry = dict[str, object]

# Marks of entries that hang on more than one right.
_CASES, _BOARD, _GROUND, _STAFF, _ADMINISTRATOR, _ACCOUNTS = "cases", "board", "ground", "staff", "administrator", "accounts"

# What a post keeps: the right to it (or a mark), its word, its address, its sign.
_DAILY: tuple[tuple[str, str | Promise, str, str], ...] = (
    (_ADMINISTRATOR, pgettext_lazy("administrators", "To look at"), "pages:administration", "home"),
    (_CASES, gettext_lazy("Workbench"), "pages:workbench", "home"),
    (_CASES, gettext_lazy("Cases"), "cases:desk-queue", "list"),
    (permissions.INTAKE, gettext_lazy("New case"), "cases:desk-intake", "plus"),
    (permissions.SCREEN, gettext_lazy("To be screened"), "cases:desk-screening", "filter"),
    (permissions.SELF_HANDLE, pgettext_lazy("case move", "Settled on the spot"), "cases:desk-self-handle", "check"),
    (permissions.HOTLINE, gettext_lazy("12345 orders"), "cases:desk-hotline", "megaphone"),
    (permissions.CALL_BACK, gettext_lazy("Call backs"), "cases:desk-call-backs", "phone"),
)
_MESSAGES = (gettext_lazy("Messages"), "messaging:inbox", "bell")
_LOOKED_UP: tuple[tuple[str, str | Promise, str, str], ...] = (
    (_BOARD, gettext_lazy("Board"), "pages:board", "chart"),
    (registry.VIEW, gettext_lazy("People and homes"), "people:desk-persons", "users"),
    (_GROUND, gettext_lazy("Hot issues"), "cases:desk-hot", "alert"),
    (permissions.VIEW, gettext_lazy("Root-cause projects"), "cases:desk-roots", "flag"),
    (permissions.VIEW, gettext_lazy("Answers"), "cases:desk-answers", "message"),
    (organizations.VIEW_DUTY, gettext_lazy("Duty roster"), "pages:duty", "calendar"),
    (organizations.VIEW_STATIONS, gettext_lazy("Stations and seats"), "pages:stations", "building"),
    (territory.VIEW_GRIDS, gettext_lazy("Territory"), "pages:units", "map"),
    (_CASES, gettext_lazy("Standards"), "cases:desk-standards", "checklist"),
    (_STAFF, gettext_lazy("Exports and prints"), "pages:tasks", "download"),
)
_SET_UP: tuple[tuple[str, str | Promise, str, str], ...] = (
    (access.VIEW_AUDIT, pgettext_lazy("audit", "Log"), "pages:log", "history"),
    (access.VIEW_APPOINTMENTS, gettext_lazy("People and posts"), "pages:people", "users"),
    (_ACCOUNTS, gettext_lazy("Accounts"), "pages:accounts", "user"),
    (interchange.MANAGE_SYSTEMS, gettext_lazy("Connected systems"), "interchange:systems", "switch"),
    (permissions.MANAGE_PHRASES, gettext_lazy("Phrases"), "cases:desk-phrases", "copy"),
    (permissions.BLOCK, gettext_lazy("Limited senders"), "cases:desk-blocked", "lock"),
    (_CASES, gettext_lazy("Flow"), "cases:desk-flow", "switch"),
    (territory.MANAGE_CALENDAR, gettext_lazy("Work calendars"), "territory:desk-calendars", "calendar"),
    (territory.MANAGE_CALENDAR, gettext_lazy("Due times moved"), "cases:desk-clock-runs", "refresh"),
)
_FIRST = 4  # entries of the daily work that a phone shows, beside the messages and "More"


def sees_cases(acting: Acting) -> bool:
    """Whether the post in use sees cases at all, or their headers."""
    role = acting.in_use.role if acting.in_use else None
    return bool(role and (role.scopes_of(permissions.VIEW) or role.scopes_of(permissions.VIEW_HEADER)))


def desk_home(nav: Mapping[str, list[Entry]]) -> str:
    """Where the name in the desk's header leads: the first entry of the menu, since not every post has a workbench."""
    first = nav["first"]
    return str(first[0]["url"]) if first else reverse("pages:home")


def _opens(acting: Acting, role: Role | None, right: str) -> bool:
    if right == _CASES:
        return sees_cases(acting)
    if right == _BOARD:
        return board_of(acting) is not None
    if right == _GROUND:
        return role is not None and bool(role.scopes_of(permissions.VIEW)) and sees_ground(acting)
    if right == _ACCOUNTS:
        return any(acting.reach(one).everything for one in (accounts.MANAGE, access.APPOINT))
    if right == _ADMINISTRATOR:
        return role is not None and role.administrator
    return role is not None and (right == _STAFF or bool(role.scopes_of(right)))


def desk_nav(acting: Acting, here: str) -> dict[str, list[Entry]]:
    """`groups` [{title, entries}] and `first`, the entries a phone shows; the entry of this page is marked in both."""
    role = acting.in_use.role if acting.in_use else None
    groups: dict[str, list[Entry]] = {}
    for title, group in ((_("Daily work"), _DAILY), (_("Look up"), _LOOKED_UP), (_("Setting up"), _SET_UP)):
        groups[title] = [_entry(word, name, icon) for right, word, name, icon in group if _opens(acting, role, right)]
    daily = groups[_("Daily work")]
    messages = [_entry(*_MESSAGES)] if acting.is_signed_in else []
    if len(daily) == 1:  # an administrator's work is to set up
        groups = {title: groups[title] for title in (_("Daily work"), _("Setting up"), _("Look up"))}
    beside = [one for group in groups.values() for one in group if one not in daily] if len(daily) == 1 else []
    first = [*[*daily, *beside][:_FIRST], *messages]
    daily += messages
    entries = [one for group in groups.values() for one in group]
    whole = reverse("pages:workbench")  # every page of the desk lies below it, and only itself is it
    above = [str(one["url"]) for one in entries if here.startswith(str(one["url"]))]
    longest = max((url for url in above if url != whole or here == whole), key=len, default="")
    for one in (*entries, *first):
        one["active"] = one["url"] == longest
    return {"groups": [{"title": title, "entries": group} for title, group in groups.items() if group], "first": first}


def _entry(word: str | Promise, name: str, icon: str) -> Entry:
    return {"label": str(word), "url": _address(name), "icon": icon}


@cache
def _address(name: str) -> str:
    """Addresses without arguments do not change while a process runs; thirty of them stand on every page of the desk."""
    return reverse(name)


def desk_notices(acting: Acting, request: HttpRequest) -> list[Entry]:
    """What every page of the desk says on top to who can mend it: that the notice of a year is missing, once a day. No statement."""
    post = acting.in_use
    if post is None or not post.role.scopes_of(territory.MANAGE_CALENDAR):
        return []
    missing = missing_for(acting, post.path, timezone.now())
    told = " ".join(str(year) for year in sorted({year for years in missing.values() for year in years}))
    if not told or request.COOKIES.get(LATER_COOKIE) == told.replace(" ", "-"):
        return []
    calendar, years = next(iter(missing.items()))
    if request.path == reverse("territory:desk-calendar-notice", args=[calendar]):
        return []  # it is being entered
    return [
        {
            "title": _("Holidays of %(years)s are not entered yet") % {"years": told},
            "text": _("Due times that reach into that year may still move."),
            "url": f"{reverse('territory:desk-calendar-notice', args=[calendar])}?year={years[0]}",
            "link": _("Enter the notice"),
            "later_url": reverse("territory:desk-calendar-later"),
            "later": {"years": told.replace(" ", "-"), "next": request.get_full_path()},
        }
    ]
