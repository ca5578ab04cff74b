"""The desk's navigation (导航): what the post in use may open. Costs no statement."""

from django.http import HttpRequest  # a context processor gets one
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.cases import permissions


def navigation(request: HttpRequest) -> dict[str, object]:
    """`desk_nav` as `ui/layouts/desk.html` wants it."""
    acting: AccountActor | AnonymousActor | None = getattr(request, "actor", None)
    return {} if acting is None else {"desk_nav": SimpleLazyObject(lambda: desk_nav(acting, request.path))}


def desk_nav(acting: AccountActor | AnonymousActor, here: str) -> list[dict[str, object]]:
    """The entries, the one of this page marked."""
    entries = []
    role = acting.in_use.role if acting.in_use else None
    if role and (role.scopes_of(permissions.VIEW) or role.scopes_of(permissions.VIEW_HEADER)):
        entries.append((_("Workbench"), reverse("pages:workbench"), "home"))
        entries.append((_("Cases"), reverse("cases:desk-queue"), "list"))
    if role and role.scopes_of(permissions.INTAKE):
        entries.append((_("New case"), reverse("cases:desk-intake"), "plus"))
    if acting.is_signed_in:
        entries.append((_("Messages"), reverse("messaging:inbox"), "bell"))
    longest = max((url for _label, url, _icon in entries if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "icon": icon, "active": url == longest} for label, url, icon in entries]
