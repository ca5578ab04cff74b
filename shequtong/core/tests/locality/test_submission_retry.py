"""A form whose answer was lost with the connection: it is done once, and the second try gets the first answer."""

import pytest
from django.db import OperationalError, transaction
from django.test import RequestFactory

from shequtong.core import submissions
from shequtong.core.models import Subdistrict, Submission
from shequtong.core.submissions import FIELD, new_submit_key, once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lost", ["before the commit", "after the commit"])
def test_a_form_is_done_once_though_the_connection_dies(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "_PAUSES", (0.0,))
    request = RequestFactory().post("/", {FIELD: new_submit_key(RequestFactory().get("/"))})
    deaths = [OperationalError("server closed the connection unexpectedly")]

    def die() -> None:
        if deaths:
            raise deaths.pop()

    def perform() -> str:
        Subdistrict.objects.create(id=7, kind=Subdistrict.Kind.SUBDISTRICT, letters="SS", name="s")
        if lost == "before the commit":
            die()
        else:
            transaction.on_commit(die)
        return "/done/"

    assert once(request, perform).headers["Location"] == "/done/"
    assert not deaths
    assert Submission.objects.filter(subdistrict=0).count() == Subdistrict.objects.filter(id=7).count() == 1
