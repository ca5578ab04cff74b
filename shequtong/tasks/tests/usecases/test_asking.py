"""start_task, cancel_task, expire_results: asked once, called off by who asked, cleared away in time."""

from datetime import UTC, datetime, timedelta

import pytest

from shequtong.audit.models import Entry
from shequtong.core.refusals import Forbidden
from shequtong.files.models import Blob
from shequtong.files.usecases import sweep_orphans
from shequtong.tasks.models import Task
from shequtong.tasks.testing import make_task, turn
from shequtong.tasks.usecases import TooManyTasks, cancel_task, expire_results, fetch_result
from shequtong.tasks.usecases.start_task import MOST_OPEN
from shequtong.testing.town import Town

State = Task.State
NOW = datetime.now(UTC)


@pytest.mark.django_db
def test_the_same_form_is_the_same_task(town: Town) -> None:
    first = make_task(town.chen, key="form-1", n=1)
    assert make_task(town.chen, key="form-1", n=2) == first
    assert make_task(town.lin, key="form-1") != first
    assert Entry.objects.filter(what="tasks.asked").count() == 2


@pytest.mark.django_db
def test_without_the_right_of_the_kind_nothing_is_asked(town: Town) -> None:
    make_task(town.chen, "closing")
    with pytest.raises(Forbidden):
        make_task(town.xu, "closing")
    assert Task.objects.count() == 1


@pytest.mark.django_db
def test_nobody_fills_the_queue(town: Town) -> None:
    for _ in range(MOST_OPEN):
        make_task(town.chen)
    with pytest.raises(TooManyTasks):
        make_task(town.chen)
    make_task(town.gao)


@pytest.mark.django_db
def test_params_stay_small(town: Town) -> None:
    with pytest.raises(ValueError, match="params"):
        make_task(town.chen, text="x" * 5000)


@pytest.mark.django_db
def test_a_waiting_task_is_called_off_by_who_asked_alone(town: Town) -> None:
    task = make_task(town.chen)
    for other in (town.gao, town.lin):
        with pytest.raises(Forbidden):
            cancel_task(task_id=task.pk, by=other, now=NOW)
    assert cancel_task(task_id=task.pk, by=town.chen, now=NOW).state == State.CANCELLED
    cancel_task(task_id=task.pk, by=town.chen, now=NOW)
    assert Entry.objects.filter(what="tasks.cancelled").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_result_is_gone_after_its_days_row_bytes_and_all(town: Town) -> None:
    task = make_task(town.chen, "filing")
    turn()
    _task, blob = fetch_result(task_id=task.pk, by=town.chen, now=NOW)
    with pytest.raises(Forbidden):
        fetch_result(task_id=task.pk, by=town.lin, now=NOW)
    assert expire_results(now=NOW + timedelta(days=6)) == 0
    late = NOW + timedelta(days=8)
    with pytest.raises(Forbidden):
        fetch_result(task_id=task.pk, by=town.chen, now=late)
    assert expire_results(now=late) == 1
    assert expire_results(now=late) == 0
    assert sweep_orphans(now=late) == 1
    assert Blob.objects.get(pk=blob.pk).state == Blob.State.SWEPT
    assert Task.objects.get(pk=task.pk).state == State.DONE
