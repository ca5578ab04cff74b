"""Long work that can be asked for (任务一览): every kind of every area, and for whom it is done."""

from datetime import datetime

from django.utils import timezone

from shequtong.access.actor import AccountActor
from shequtong.access.posts import posts_of
from shequtong.accounts.models import Account
from shequtong.cases.task_kinds import KINDS as CASES
from shequtong.core.actors import Actor, SystemActor
from shequtong.interchange.task_kinds import KINDS as INTERCHANGE
from shequtong.people.task_kinds import KINDS as PEOPLE
from shequtong.tasks.kinds import Kind
from shequtong.tasks.models import Task
from shequtong.tasks.usecases.start_task import PLATFORM
from shequtong.territory.task_kinds import KINDS as TERRITORY

# A test compares this with every `task_kinds.py` of the project.
KINDS: tuple[Kind, ...] = (*CASES, *INTERCHANGE, *PEOPLE, *TERRITORY)


def actor_of(task: Task, now: datetime) -> Actor | None:
    """Who asked, in the same post with the rights of today; None when the account is closed or the post has ended."""
    if task.account_id == PLATFORM:
        return SystemActor(task.name, home=task.subdistrict_id)
    account = Account.objects.filter(pk=task.account_id, is_active=True).first()
    if account is None:
        return None
    posts = posts_of(account.pk, timezone.localdate(now)) if account.is_staff_member else ()
    in_use = next((post for post in posts if post.appointment_id == task.appointment_id), None)
    if in_use is None and task.appointment_id is not None:
        return None
    return AccountActor(account_id=account.pk, name=str(account), in_use=in_use, posts=posts)
