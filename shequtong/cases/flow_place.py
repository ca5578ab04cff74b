"""What a subdistrict brings to its flow (街道现状): its street, its people by role, its limits; and who a changed flow would concern."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from shequtong.access.lookups import holders
from shequtong.access.roles import table
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow_document import approvers_of, permissions_of
from shequtong.cases.flow_findings import Place
from shequtong.cases.flow_functions import APPROVALS, FUNCTIONS, usual_roles
from shequtong.cases.flow_waiting import ASKING, DRAFT, FIRST_APPEAL, SECOND_APPEAL
from shequtong.cases.models import Case
from shequtong.cases.workflow import Stage
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, tree

_APPEALS = {"first": FIRST_APPEAL, "second": SECOND_APPEAL}
Holders = Mapping[str, Mapping[int, str]]  # role -> account -> name


@dataclass(frozen=True)
class Change:
    """People who gain or lose a function when a flow is published."""

    label: str
    gains: tuple[str, ...]
    losses: tuple[str, ...]


def street_of(subdistrict_id: int) -> UnitRef | None:
    """The unit that is the subdistrict; None for a district or the installation. No statement."""
    found = (one for one in tree().by_id.values() if one.subdistrict == subdistrict_id and not one.ended)
    return next((one for one in found if one.kind == Unit.Kind.SUBDISTRICT), None)


def people_of(subdistrict_id: int, now: datetime) -> dict[str, dict[int, str]]:
    """Who holds which role today. One statement."""
    return holders(subdistrict_id, timezone.localdate(now))


def place_of(subdistrict_id: int, people: Holders) -> Place:
    """What the linter asks of the place. Two statements."""
    held = {role: len(names) for role, names in people.items()}
    cases = Case.objects.filter(subdistrict=subdistrict_id).order_by()
    standing = list(cases.filter(is_open=True).values_list("stage", "asking", "answer_waits").distinct())
    appeals = cases.filter(stage=Stage.CLOSED, appeal__in=_APPEALS).values_list("appeal", flat=True).distinct()
    waiting = {ASKING for _stage, asking, _draft in standing if asking} | {DRAFT for _stage, _asking, draft in standing if draft}
    waiting |= {_APPEALS[state] for state in appeals}
    stages = frozenset(stage for stage, _asking, _draft in standing)
    return Place(held, frozenset(catalogue().stage_limits), table().roles, stages, frozenset(waiting))


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any], people: Holders) -> list[Change]:
    """Function by function, who would gain or lose it. Somebody who holds it through another post of theirs loses nothing."""
    old, new = _roles(before), _roles(after)
    found = []
    for label, codes in new.items():
        had, has = _people(people, old[label]), _people(people, codes)
        gains = tuple(name for account, name in has.items() if account not in had)
        losses = tuple(name for account, name in had.items() if account not in has)
        if gains or losses:
            found.append(Change(label, gains, losses))
    return found


def _roles(document: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Every function and approval by its word, with the roles that have it under a document."""
    named, approvers = permissions_of(document), approvers_of(document)
    found = {one: frozenset(named.get(one.permission) or usual_roles(one.permission)) for one in FUNCTIONS.values()}
    found |= {one: frozenset(approvers.get(kind) or usual_roles(one.permission)) for kind, one in APPROVALS.items()}
    return {str(function.label): codes for function, codes in found.items()}


def _people(people: Holders, roles: frozenset[str]) -> dict[int, str]:
    return {account: name for role in sorted(roles) for account, name in people.get(role, {}).items()}
