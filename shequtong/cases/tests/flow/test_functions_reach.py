"""Whatever a street gives to whichever roles: lists, single cases and `require` go by one and the same rule."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shequtong.access import roles
from shequtong.access.actor import AccountActor
from shequtong.access.models import FunctionRole
from shequtong.access.posts import REVISION
from shequtong.cases.flow_functions import FUNCTIONS
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.held import changed
from shequtong.core.refusals import Forbidden
from shequtong.testing.town import STREET, Town

CAST = ("chen", "gao", "lin", "shen", "sun", "hu", "he", "wang", "zhou", "ma", "supervisor", "xu")
CODES = sorted(role.code for role in roles.table().roles.values() if not role.administrator)
MAPS = st.dictionaries(st.sampled_from(sorted(FUNCTIONS)), st.sets(st.sampled_from(CODES), min_size=1), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(functions=MAPS)
@pytest.mark.django_db
def test_condition_and_covers_agree_whatever_is_published(town: Town, functions: dict[str, set[str]]) -> None:
    cases = list(Case.objects.filter(subdistrict=STREET)) or [
        make_case(town, stage=one) for one in (Stage.INTAKE, Stage.HANDLING)
    ]
    FunctionRole.objects.all().delete()
    for name, codes in functions.items():
        for code in codes:
            FunctionRole.objects.create(subdistrict_id=STREET, permission=FUNCTIONS[name].permission, role=code)
    changed(REVISION)

    for actor in map(town.actor, CAST):
        post = actor.in_use
        assert post is not None
        for name in {*functions, "dispatch"}:
            permission = FUNCTIONS[name].permission
            given_here = name in functions and post.subdistrict == STREET
            own = roles.table().roles[post.role.code]
            holds = post.role.code in functions[name] if given_here else permission in own.permissions
            assert bool(post.role.scopes_of(permission)) == holds
            agree(actor, permission, cases)


def agree(actor: AccountActor, permission: str, cases: list[Case]) -> None:
    """The list, the single object and the refusal say the same of every case."""
    listed = set(Case.objects.filter(subdistrict=STREET).within_post(actor, permission).values_list("pk", flat=True))
    reach = actor.reach(permission).of_post
    assert {case.pk for case in cases if reach.covers(case.reach_facts())} == listed
    for case in cases:
        if case.pk in listed:
            actor.require(permission, case)
        elif permission not in roles.table().resident:
            with pytest.raises(Forbidden):
                actor.require(permission, case)
