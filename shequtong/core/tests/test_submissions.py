"""A key is good for the form it was made for: a repeat gets the first answer, another form is told that nothing was sent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from shequtong.core.locality import INSTALLATION
from shequtong.core.models import Counter, Submission
from shequtong.core.scheduled import forget
from shequtong.core.submissions import FIELD, Answer, BadSubmitKey, answered, new_submit_key, once, tried_once
from shequtong.core.tally import Per, count, counts

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 13, 4, tzinfo=UTC)  # 12:00 in Suzhou


def form(path: str = "/a/") -> HttpRequest:
    """A form of that address, with a key of its own."""
    return RequestFactory().post(path, {FIELD: new_submit_key(RequestFactory().get("/"))})


def test_a_repeat_gets_the_first_answer_and_another_form_none() -> None:
    key = new_submit_key(RequestFactory().get("/"))
    done: list[str] = []

    def press(path: str) -> str:
        def perform() -> str:
            done.append(path)
            return f"{path}done/"

        return once(RequestFactory().post(path, {FIELD: key}), perform).headers["Location"]

    assert press("/a/") == press("/a/") == "/a/done/"
    with pytest.raises(BadSubmitKey):
        press("/b/")
    assert done == ["/a/"]
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "first", [Answer(302, "/in/"), Answer(422, "还可以再试 3 次。"), Answer(429, "请稍后再试。"), Answer(200, "shown")]
)
def test_a_counted_try_is_made_once_whatever_came_of_it(first: Answer) -> None:
    sent, tries = form(), []

    def attempt() -> Answer:
        tries.append(1)
        return first

    assert answered(sent) is None
    assert tried_once(sent, attempt) == first
    assert tried_once(sent, attempt) == answered(sent) == Answer(first.status, first.text, again=True)
    assert len(tries) == 1


def test_an_error_frees_the_key() -> None:
    sent = form()

    def broken() -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tried_once(sent, broken)
    assert tried_once(sent, lambda: Answer(302, "/in/")).again is False


def test_a_try_that_a_dead_process_left_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shequtong.core.submissions._WAITS", (0.0,))
    sent = form()
    tried_once(sent, lambda: Answer(302, "/in/"))
    Submission.objects.filter(subdistrict=INSTALLATION).update(answer="")
    with pytest.raises(BadSubmitKey):
        tried_once(sent, lambda: Answer(302, "/elsewhere/"))
    assert answered(sent) is None


def test_answers_and_counts_go_when_nobody_can_ask_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shequtong.core.submissions._BATCH", 2)
    monkeypatch.setattr("shequtong.core.tally._BATCH", 2)
    for _each in range(5):
        once(form(), lambda: "/done/")
    old, young = Submission.objects.order_by("id")[:4], Submission.objects.order_by("-id")[0]
    Submission.objects.filter(subdistrict=INSTALLATION, pk__in=[row.pk for row in old]).update(
        at=NOON - timedelta(days=8, hours=1)
    )
    Submission.objects.filter(pk=young.pk).update(at=NOON - timedelta(days=7, hours=23))
    for hours in (0, 20, 49, 72, 96):
        count("sms", f"1381234567{hours % 10}", per=Per.DAY, now=NOON - timedelta(hours=hours))
    series = Counter.objects.create(name="case:1:2026", next=7)

    assert forget(NOON) == 4 + 2  # two days ago is still kept
    assert forget(NOON) == 0

    assert Submission.objects.get().pk == young.pk
    assert Counter.objects.filter(name__startswith="tally:").count() == 3
    series.refresh_from_db()


def test_counts_are_by_kind_by_whom_and_by_window() -> None:
    later = NOON + timedelta(hours=1)
    assert [count("report", "10.0.0.1", per=Per.HOUR, now=NOON) for _each in range(2)] == [1, 2]
    assert counts({"report": 1, "photo": 6}, "10.0.0.1", per=Per.HOUR, now=NOON) == {"report": 3, "photo": 6}
    assert count("report", "10.0.0.2", per=Per.HOUR, now=NOON) == 1
    assert count("report", "10.0.0.1", per=Per.HOUR, now=later) == 1
    assert not Counter.objects.filter(name__contains="10.0.0").exists()
