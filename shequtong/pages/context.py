"""What the layouts are given (导航与页眉): the desk's menu of the post in use; the resident's, the same for everybody. Costs no statement."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest  # noqa: TID251  # a context processor gets one
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.pages.contacts import listed
from shequtong.pages.glossary import terms_of_page
from shequtong.pages.navigation import desk_home, desk_nav, desk_notices, sees_cases
from shequtong.pages.place import platform_place
from shequtong.pages.tour_shown import ASKED, tour_shown


def navigation(request: HttpRequest) -> dict[str, object]:
    """`desk_nav`, `desk_search`, `desk_keys`, `desk_help`, `desk_tour`, `resident_nav`, `resident_me`, `place_name`, `privacy_url`, `glossary_url`, `contacts_url`, `terms`, `app` as the layouts want them. Lazy: nothing is asked before it is shown."""
    acting: AccountActor | AnonymousActor | None = getattr(request, "actor", None)
    if acting is None:
        return {}
    nav: Any = SimpleLazyObject(lambda: desk_nav(acting, request.path))  # once a page, whoever asks for it first
    return {
        "desk_nav": nav,
        "desk_notices": SimpleLazyObject(lambda: desk_notices(acting, request)),
        "desk_search": SimpleLazyObject(lambda: reverse("pages:search") if sees_cases(acting) else ""),
        "desk_keys": SimpleLazyObject(lambda: reverse("pages:keys") if acting.in_use else ""),
        "desk_help": SimpleLazyObject(lambda: reverse("pages:help") if acting.in_use else ""),
        "desk_tour": SimpleLazyObject(lambda: desk_tour(acting, request, nav)),
        "desk_home": SimpleLazyObject(lambda: desk_home(nav)),
        "resident_nav": SimpleLazyObject(lambda: resident_nav(request.path)),
        "resident_me": SimpleLazyObject(lambda: resident_me(acting, request.path)),
        "place_name": SimpleLazyObject(platform_place),
        "privacy_url": reverse("pages:privacy"),
        "glossary_url": reverse("pages:glossary"),
        "contacts_url": SimpleLazyObject(lambda: reverse("pages:contacts") if listed() else ""),
        "terms": terms_of_page(request.path),
        "app": {"url": reverse("pages:app"), "worker_url": reverse("pages:worker")},
    }


def desk_tour(acting: AccountActor | AnonymousActor, request: HttpRequest, nav: Any) -> dict[str, object]:
    """The step of the tour of this post on this page: where one begins the day until one knows it, and where it was asked for."""
    if acting.in_use is None:
        return {}
    kept, at_home = getattr(request.user, "guides", {}), request.path == desk_home(nav)
    return tour_shown(acting, request.GET.get(ASKED, ""), kept, request.path, at_home=at_home)


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
