"""Cases and root-cause projects as the inbox names them (消息中的案件、根治项目): class and place, where it stands now and since when."""

from collections.abc import Sequence

from django.urls import Resolver404, resolve

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, RootProject
from shequtong.cases.roots_shown import moved_at, root_badge
from shequtong.cases.shown import class_name, place_name, stage_badge
from shequtong.core.actors import Actor
from shequtong.messaging.matters import Matter


def told_cases(actor: Actor, links: Sequence[str]) -> dict[str, Matter]:
    """Of the links to cases on the desk those the post in use sees at least as a header. One statement, none without such links."""
    numbers = {link: number for link in links if (number := _argument(link, "cases:desk-detail", "number"))}
    if not numbers or not actor.post:
        return {}
    rows = Case.objects.all_numbered(numbers.values(), actor.home).within_post(actor, permissions.VIEW_HEADER).defer("text")
    found = {case.number: case for case in rows}
    return {link: _matter(found[number]) for link, number in numbers.items() if number in found}


def told_roots(actor: Actor, links: Sequence[str]) -> dict[str, Matter]:
    """Of the links to root-cause projects those the post in use sees. One statement, none without such links."""
    ids = {link: int(told) for link in links if (told := _argument(link, "cases:desk-root", "root_id"))}
    if not ids or not actor.post:
        return {}
    rows = RootProject.objects.filter(subdistrict=actor.home, pk__in=set(ids.values())).within_reach(actor, permissions.VIEW)
    found = {row.pk: row for row in rows}
    return {link: _root(found[root]) for link, root in ids.items() if root in found}


def _argument(link: str, page: str, name: str) -> str:
    try:
        match = resolve(link.partition("?")[0].partition("#")[0])
    except Resolver404:
        return ""
    return str(match.kwargs.get(name, "")) if match.view_name == page else ""


def _root(project: RootProject) -> Matter:
    words = f"{class_name(catalogue().classes[project.case_class_id])} · {project.place_name}"
    return Matter(words, root_badge(project).label, moved_at(project))


def _matter(case: Case) -> Matter:
    words = f"{class_name(catalogue().classes[case.case_class_id])} · {place_name(case.place_path)}".removesuffix(" · ")
    return Matter(words, stage_badge(case.stage).label, case.stage_since)
