"""The statement watcher: it counts, leaves transaction control out, and fails on a statement over the whole city."""

import re

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from shequtong.core import held
from shequtong.core.held import changed
from shequtong.core.locality import blocks
from shequtong.core.locality.blocks import next_number
from shequtong.core.locality.ids import new_id
from shequtong.core.models import Subdistrict, Submission
from shequtong.core.places import place
from shequtong.testing import statements
from shequtong.testing.statements import CityWide, count_statements, local_tables, watch_statements

pytestmark = pytest.mark.django_db
ALL_KEYS = CityWide("keys", r'^SELECT "core_submission"\."key"', "a test")


def test_counts_statements_and_lists_them() -> None:
    with count_statements() as seen:
        Subdistrict.objects.get(pk=0)
        Subdistrict.objects.filter(pk=0).update(name="平台")
    assert seen.total == 2, seen.listing
    assert re.search(r"2 statements\n1\. SELECT .*\n2\. UPDATE", seen.listing)
    assert seen.rows == (2 if connection.vendor == "postgresql" else None)


def test_transaction_control_is_not_counted() -> None:
    with count_statements() as seen, transaction.atomic(), transaction.atomic():
        Subdistrict.objects.get(pk=0)
    assert seen.total == 1, seen.listing


def test_a_warm_process_asks_neither_for_revisions_nor_for_blocks(series: str) -> None:
    blocks.forget()
    held.look_again()
    with count_statements() as seen:
        place(0)
        next_number(series)
        new_id(0)
        changed("tests")  # a change of a revision is no such question
        Subdistrict.objects.get(pk=0)
    assert seen.total > seen.warm.total
    assert [each.sql[:6] for each in seen.warm.statements if "core_revision" not in each.sql] == ["SELECT"] * 2, seen.listing
    assert [each.sql[:6] for each in seen.warm.statements if "core_revision" in each.sql] == ["UPDATE", "INSERT", "UPDATE"]


@pytest.mark.django_db(transaction=True)
def test_nor_is_the_beginning_of_an_outer_transaction() -> None:
    with count_statements() as seen, transaction.atomic():
        Subdistrict.objects.get(pk=0)
    assert seen.total == 1, seen.listing


def test_lets_routed_statements_and_shared_tables_pass() -> None:
    with watch_statements() as seen:
        list(Submission.objects.filter(subdistrict=7, key="x"))
        Submission.objects.filter(pk=(7 << 46) + 3).first()
        list(Subdistrict.objects.all())
    assert seen.total == 3


def test_fails_on_a_statement_over_the_whole_city_and_says_which() -> None:
    with (
        pytest.raises(AssertionError, match=r"core_submission without subdistrict in\s+SELECT") as caught,
        watch_statements(where="here"),
    ):
        list(Submission.objects.filter(key="x"))
    assert "(here)" in str(caught.value)


def test_what_went_wrong_in_the_body_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), watch_statements():
        raise ZeroDivisionError(list(Submission.objects.all()))


def test_a_listed_statement_may_ask_the_whole_city() -> None:
    with watch_statements(city_wide=[ALL_KEYS]):
        list(Submission.objects.values_list("key"))
    with pytest.raises(AssertionError), watch_statements(city_wide=[ALL_KEYS]):
        list(Submission.objects.values_list("path"))


def test_each_entry_of_the_list_has_a_reason() -> None:
    assert all(entry.label and len(entry.reason) > 20 and re.compile(entry.pattern) for entry in statements.CITY_WIDE)


def test_local_tables_are_those_of_the_installed_models() -> None:
    assert "core_submission" in local_tables()
    assert not local_tables() & {"core_subdistrict", "core_counter", "django_session"}


def wide(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Submission.objects.count()))


urlpatterns = [path("wide/", wide)]


@pytest.mark.urls(__name__)
def test_each_request_of_a_page_test_is_watched_and_the_test_itself_is_not() -> None:
    list(Submission.objects.all())
    with pytest.raises(AssertionError, match="GET /wide/"):
        Client().get("/wide/", secure=True)
