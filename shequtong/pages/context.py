"""Navigation (导航): of the desk, what the post in use may open; of the resident's pages, the same for everybody. Costs no statement."""

from urllib.parse import urlencode

from django.http import HttpRequest  # noqa: TID251  # a context processor gets one
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shequtong.access import permissions as access
from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.cases import permissions
from shequtong.organizations import permissions as organizations
from shequtong.pages.board import board_of
from shequtong.pages.place import platform_place
from shequtong.territory import permissions as territory
from shequtong.territory.calendar_users import LATER_COOKIE, calendar_id_at, may_manage, missing_anywhere, missing_years

# What a post keeps: the right to it, its word, its address, its sign.
_KEPT = (
    (permissions.SCREEN, gettext_lazy("To be screened"), "cases:desk-screening", "filter"),
    (permissions.HOTLINE, gettext_lazy("12345 orders"), "cases:desk-hotline", "megaphone"),
    (permissions.VIEW, gettext_lazy("Answers"), "cases:desk-answers", "message"),
    (permissions.CALL_BACK, gettext_lazy("Call backs"), "cases:desk-call-backs", "phone"),
    (permissions.BLOCK, gettext_lazy("Limited senders"), "cases:desk-blocked", "lock"),
    (permissions.MANAGE_PHRASES, gettext_lazy("Phrases"), "cases:desk-phrases", "copy"),
    (organizations.VIEW_DUTY, gettext_lazy("Duty roster"), "pages:duty", "calendar"),
    (territory.VIEW_GRIDS, gettext_lazy("Territory"), "pages:units", "map"),
    (access.VIEW_APPOINTMENTS, gettext_lazy("People and posts"), "pages:people", "users"),
    (organizations.VIEW_STATIONS, gettext_lazy("Stations and seats"), "pages:stations", "building"),
    (territory.MANAGE_CALENDAR, gettext_lazy("Work calendars"), "territory:desk-calendars", "calendar"),
    (territory.MANAGE_CALENDAR, gettext_lazy("Due times moved"), "cases:desk-clock-runs", "refresh"),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """`desk_nav`, `desk_search`, `desk_keys`, `resident_nav`, `resident_me`, `place_name`, `privacy_url`, `app` as the layouts want them. Lazy: nothing is asked before it is shown."""
    acting: AccountActor | AnonymousActor | None = getattr(request, "actor", None)
    if acting is None:
        return {}
    return {
        "desk_nav": SimpleLazyObject(lambda: desk_nav(acting, request.path)),
        "desk_notices": SimpleLazyObject(lambda: desk_notices(acting, request)),
        "desk_search": SimpleLazyObject(lambda: reverse("pages:search") if sees_cases(acting) else ""),
        "desk_keys": SimpleLazyObject(lambda: reverse("pages:keys") if acting.in_use else ""),
        "desk_home": SimpleLazyObject(lambda: desk_home(acting, request.path)),
        "resident_nav": SimpleLazyObject(lambda: resident_nav(request.path)),
        "resident_me": SimpleLazyObject(lambda: resident_me(acting, request.path)),
        "place_name": SimpleLazyObject(platform_place),
        "privacy_url": reverse("pages:privacy"),
        "app": {"url": reverse("pages:app"), "worker_url": reverse("pages:worker")},
    }


def resident_nav(here: str) -> list[dict[str, object]]:
    """Tell us, find it again, all of mine."""
    entries = (
        (_("Tell us"), reverse("cases:report"), "message"),
        (_("Find a matter"), reverse("cases:find"), "search"),
        (_("My matters"), reverse("cases:mine"), "list"),
    )
    return [{"label": label, "url": url, "icon": icon, "active": here.startswith(url)} for label, url, icon in entries]


def resident_me(acting: AccountActor | AnonymousActor, here: str) -> dict[str, object]:
    """Who is signed in, or where one signs in; staff find their desk here."""
    if not acting.is_signed_in:
        back = here if here.startswith(reverse("cases:mine")) else ""
        return {
            "sign_in_url": f"{reverse('accounts:sign-in')}?{urlencode({'next': back})}" if back else reverse("accounts:sign-in")
        }
    return {
        "name": acting.name,
        "inbox_url": reverse("messaging:inbox"),
        "account_url": reverse("accounts:account"),
        "sign_out_url": reverse("accounts:sign-out"),
        "desk_url": reverse("pages:workbench") if acting.in_use else "",
    }


def sees_cases(acting: AccountActor | AnonymousActor) -> bool:
    """Whether the post in use sees cases at all, or their headers."""
    role = acting.in_use.role if acting.in_use else None
    return bool(role and (role.scopes_of(permissions.VIEW) or role.scopes_of(permissions.VIEW_HEADER)))


def desk_home(acting: AccountActor | AnonymousActor, here: str) -> str:
    """Where the name in the desk's header leads: the first entry, since not every post has a workbench."""
    entries = desk_nav(acting, here)
    return str(entries[0]["url"]) if entries else reverse("pages:home")


def desk_nav(acting: AccountActor | AnonymousActor, here: str) -> list[dict[str, object]]:
    """The entries, the one of this page marked."""
    entries = []
    role = acting.in_use.role if acting.in_use else None
    if sees_cases(acting):
        entries.append((_("Workbench"), reverse("pages:workbench"), "home"))
        entries.append((_("Cases"), reverse("cases:desk-queue"), "list"))
    if board_of(acting):
        entries.append((_("Board"), reverse("pages:board"), "chart"))
    if role and role.scopes_of(permissions.INTAKE):
        entries.append((_("New case"), reverse("cases:desk-intake"), "plus"))
    if role and role.scopes_of(permissions.SELF_HANDLE):
        entries.append((pgettext("case move", "Settled on the spot"), reverse("cases:desk-self-handle"), "check"))
    if sees_cases(acting):
        entries.append((_("Flow"), reverse("cases:desk-flow"), "switch"))
        entries.append((_("Standards"), reverse("cases:desk-standards"), "checklist"))
    entries += [
        (str(label), reverse(name), icon) for permission, label, name, icon in _KEPT if role and role.scopes_of(permission)
    ]
    if role:
        entries.append((_("Tasks"), reverse("pages:tasks"), "hourglass"))
    if acting.is_signed_in:
        entries.append((_("Messages"), reverse("messaging:inbox"), "bell"))
    longest = max((url for _label, url, _icon in entries if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "icon": icon, "active": url == longest} for label, url, icon in entries]


def desk_notices(acting: AccountActor | AnonymousActor, request: HttpRequest) -> list[dict[str, object]]:
    """What every page of the desk says on top: that the notice of a year is missing, once a day. No statement."""
    post = acting.in_use
    if post is None:
        return []
    now = timezone.now()
    years = missing_years(post.path, now) if post.path else missing_anywhere(now)
    told = " ".join(str(year) for year in years)
    if not years or request.COOKIES.get(LATER_COOKIE) == told.replace(" ", "-"):
        return []
    calendar = calendar_id_at(post.path) if post.path else None
    mends = bool(post.role.scopes_of(territory.MANAGE_CALENDAR))
    if mends and calendar is not None and may_manage(acting, calendar):
        url = f"{reverse('territory:desk-calendar-notice', args=[calendar])}?year={years[0]}"
    else:
        url = reverse("territory:desk-calendars") if mends else ""
    who = _("The system administrator enters the notice, or the subdistrict's supervisor where it has a calendar of its own.")
    return [
        {
            "title": _("Holidays of %(years)s are not entered yet") % {"years": told},
            "text": _("Due times that reach into that year may still move.") + (f" {who}" if mends else ""),
            "url": url,
            "link": _("Open the calendar"),
            "later_url": reverse("territory:desk-calendar-later"),
            "later": {"years": told.replace(" ", "-"), "next": request.get_full_path()},
        }
    ]
