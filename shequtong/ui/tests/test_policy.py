"""What is shown to somebody is kept by no cache; what is everybody's, or says itself how long it holds, is left alone."""

from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from shequtong.ui.policy import PolicyMiddleware


def answered(*, session: bool = False, post: bool = False, said: str = "", starts: bool = False) -> str:
    """The Cache-Control of an answer."""
    request = RequestFactory().post("/") if post else RequestFactory().get("/")
    if session:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    page = HttpResponse(headers={"Cache-Control": said} if said else {})
    if starts:
        page.set_cookie(settings.SESSION_COOKIE_NAME, "x")
    return str(PolicyMiddleware(lambda _request: page)(request).headers.get("Cache-Control", ""))


def test_a_page_of_somebody_is_kept_nowhere() -> None:
    for kept in (answered(session=True), answered(post=True), answered(starts=True)):
        assert "no-store" in kept
        assert "private" in kept


def test_what_is_everybodys_or_decided_elsewhere_stays() -> None:
    assert answered() == ""
    assert answered(session=True, said="private, max-age=3600") == "private, max-age=3600"
