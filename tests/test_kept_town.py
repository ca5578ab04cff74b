"""The town that is laid down again is the town that is built: the same rows, the same people, and room for more."""

import pytest
from django.apps import apps
from django.db import models

from shequtong.core import held
from shequtong.core.locality import blocks
from shequtong.testing.kept import Kept
from shequtong.testing.town import Town, build_town


def rows() -> dict[str, list[dict[str, object]]]:
    """All that stands, but for the moments at which a row was written."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            names = [one.name for one in model._meta.local_concrete_fields if not isinstance(one, models.DateTimeField)]
            found[model._meta.label] = list(model._default_manager.order_by("pk").values(*names))
    return {label: some for label, some in found.items() if some}


@pytest.fixture(scope="module")
def first() -> dict[str, list[dict[str, object]]]:
    return {}


kept = Kept(build_town)


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["built", "again", "and again"])
def test_the_same_rows_stand_each_time(time: str, first: dict[str, list[dict[str, object]]]) -> None:
    blocks.forget()
    town = kept()
    if not first:
        first.update(rows())
    assert rows() == first
    assert len(first) > 10
    assert [post.role.code for post in town.chen.posts] == ["precinct_head"]
    held.drop_all()


@pytest.mark.django_db
def test_what_is_laid_down_can_be_built_on(town: Town) -> None:
    from shequtong.accounts.testing import make_account
    from shequtong.cases.testing import make_case

    before = {account.pk for account in town.accounts.values()}
    assert make_account("新人").pk not in before
    assert make_case(town).pk != make_case(town).pk


@pytest.mark.django_db(transaction=True)
def test_who_commits_gets_it_built() -> None:
    asked = []
    Kept(lambda: asked.append(1))()
    assert asked == [1]
