"""The switches keep a choice and lead back, never elsewhere; the pages of mishap need nothing and give a number."""

from http.cookies import SimpleCookie

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from shequtong.ui import display, views


def choose(**chosen: str) -> HttpResponse:
    """The answer to one press of a switch."""
    return views.choose_display(RequestFactory().get("/ui/display/", chosen))


def test_a_theme_is_kept_and_the_page_comes_back() -> None:
    answer = choose(theme="dark", next="/desk/?q=1")
    assert answer["Location"] == "/desk/?q=1"
    assert answer.cookies[display.COOKIE].value == "dark"
    request = HttpRequest()
    request.COOKIES = {display.COOKIE: "dark"}
    assert display.theme_of(request) == "dark"


def test_large_print_is_kept_and_given_up_again() -> None:
    for size in display.SIZES:
        answer = choose(size=size, next="/report/")
        assert answer["Location"] == "/report/"
        assert answer.cookies[display.SIZE_COOKIE].value == size
        assert display.COOKIE not in answer.cookies  # the theme stays as it was
        request = HttpRequest()
        request.COOKIES = {display.SIZE_COOKIE: size}
        assert display.size_of(request) == size


def test_a_language_is_kept() -> None:
    assert choose(language="en").cookies["django_language"].value == "en"


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\example.org"])
def test_no_switch_leads_to_another_site(target: str) -> None:
    assert choose(theme="dark", next=target)["Location"] == "/"


def test_nonsense_is_not_kept() -> None:
    assert choose(theme="pink", size="huge", language="xx-nonsense").cookies == SimpleCookie()
    request = HttpRequest()
    request.COOKIES = {display.COOKIE: '"><script>', display.SIZE_COOKIE: '"><script>'}
    assert display.theme_of(request) == "auto"
    assert display.size_of(request) == "usual"


@pytest.mark.parametrize("status", sorted(views.WRONG))
def test_a_mishap_gives_a_number_when_there_is_one(status: int) -> None:
    request = RequestFactory().get("/x/")
    assert b"<samp>" not in views._wrong(request, status).content
    vars(request)["request_id"] = "7F3A-21C9"  # as the middleware that names requests sets it
    answer = views._wrong(request, status)
    assert answer.status_code == status
    assert b"<samp>7F3A-21C9</samp>" in answer.content


def test_a_stale_form_says_so() -> None:
    assert views.stale_form(RequestFactory().post("/x/")).status_code == 403
