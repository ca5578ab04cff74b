"""A key is good for the form it was made for: a repeat gets the first answer, another form is told that nothing was sent."""

import pytest
from django.test import RequestFactory

from shequtong.core.models import Submission
from shequtong.core.submissions import FIELD, BadSubmitKey, new_submit_key, once


@pytest.mark.django_db
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
