"""A form that was sent: the deed is done once and said, a refusal stands on the form; a look after a reason counts once and is shown again."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest
from django.test import RequestFactory

from shequtong.core.refusals import Refusal
from shequtong.core.sent_forms import done_once, looked_once
from shequtong.core.submissions import FIELD, new_submit_key

pytestmark = pytest.mark.django_db


class Reason(forms.Form):
    why = forms.CharField()


def sent(key: str = "") -> HttpRequest:
    """A press of the button, with somewhere to keep what is said on the next page."""
    request = RequestFactory().post("/a/", {FIELD: key or new_submit_key(RequestFactory().get("/"))})
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # as its middleware does
    return request


def refuse(*_told: object) -> str:
    raise Refusal("今天看得太多了。")


def test_a_deed_is_done_once_and_said() -> None:
    key, done = new_submit_key(RequestFactory().get("/")), list[int]()

    def perform() -> str:
        done.append(1)
        return "/done/"

    for _press in range(2):
        request = sent(key)
        answer = done_once(request, Reason({"why": "x"}), perform, lambda: "已保存。")
        assert answer is not None
        assert answer.headers["Location"] == "/done/"
        assert [str(one) for one in get_messages(request)] == ["已保存。"]
    assert done == [1]
    assert done_once(sent(), Reason({}), perform) is None
    assert done == [1]


def test_a_refused_deed_stands_on_the_form_and_says_nothing_else() -> None:
    form, request = Reason({"why": "x"}), sent()
    assert done_once(request, form, refuse, "已保存。") is None
    assert form.non_field_errors() == ["今天看得太多了。"]
    assert list(get_messages(request)) == []


def test_a_look_counts_once_and_the_same_press_shows_it_again() -> None:
    key, looks = new_submit_key(RequestFactory().get("/")), list[bool]()

    def look(again: bool) -> list[str]:
        looks.append(again)
        return []

    for _press in range(3):
        assert looked_once(sent(key), look) == ([], "")
    assert looks == [False, True, True]


def test_what_was_refused_stays_refused_and_what_is_not_there_frees_the_key() -> None:
    key = new_submit_key(RequestFactory().get("/"))
    assert looked_once(sent(key), refuse) == (None, "今天看得太多了。")
    assert looked_once(sent(key), lambda again: "13900001111") == (None, "今天看得太多了。")

    def nowhere(again: bool) -> str:
        raise Http404

    key = new_submit_key(RequestFactory().get("/"))
    with pytest.raises(Http404):
        looked_once(sent(key), nowhere)
    assert looked_once(sent(key), lambda again: "13900001111") == ("13900001111", "")


def test_a_second_look_may_be_refused_later() -> None:
    key = new_submit_key(RequestFactory().get("/"))
    assert looked_once(sent(key), lambda again: "13900001111") == ("13900001111", "")
    assert looked_once(sent(key), refuse) == (None, "今天看得太多了。")
