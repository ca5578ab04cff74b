"""Long work is done for who asked, with the rights they have when it is done; every kind of every area is in the list."""

from collections.abc import Iterator

import pytest

from shequtong.access.actor import AnonymousActor
from shequtong.access.testing import let_expire
from shequtong.accounts.models import Account
from shequtong.config.tasks import KINDS
from shequtong.core.actors import SystemActor
from shequtong.core.refusals import Forbidden
from shequtong.tasks.models import Task
from shequtong.tasks.testing import make_task, ran, test_kinds, turn
from shequtong.testing.architecture import wiring
from shequtong.testing.town import STREET, Town


@pytest.fixture
def kinds() -> Iterator[None]:
    with test_kinds():
        yield


def test_every_kind_of_every_area_is_in_the_list() -> None:
    of_area = {area: module.KINDS for area, module in wiring.modules_named("task_kinds").items()}
    assert {kind.name for found in of_area.values() for kind in found} == {kind.name for kind in KINDS}
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert all(kind.name.startswith(f"{area}.") for area, found in of_area.items() for kind in found)


@pytest.mark.usefixtures("kinds")
@pytest.mark.django_db(transaction=True)
class TestWhoseRights:
    """The actor is built anew at each turn."""

    def test_of_the_post_it_was_asked_from(self, town: Town) -> None:
        task = make_task(town.chen)
        turn()
        assert Task.objects.get(pk=task.pk).state == Task.State.DONE

    def test_none_when_the_post_has_ended(self, town: Town) -> None:
        task = make_task(town.chen)
        let_expire(town.chen.account_id)
        turn()
        assert (Task.objects.get(pk=task.pk).state, ran) == (Task.State.FAILED, [])

    def test_none_when_the_account_is_closed(self, town: Town) -> None:
        task = make_task(town.chen)
        Account.objects.filter(pk=town.chen.account_id).update(is_active=False)
        turn()
        assert (Task.objects.get(pk=task.pk).state, ran) == (Task.State.FAILED, [])

    def test_all_when_the_platform_asks_itself(self, town: Town) -> None:
        task = make_task(SystemActor("nightly", home=STREET), "closing")
        turn()
        assert Task.objects.get(pk=task.pk).state == Task.State.DONE

    def test_nobody_in_particular_asks_for_nothing(self, town: Town) -> None:
        with pytest.raises(Forbidden):
            make_task(AnonymousActor())
