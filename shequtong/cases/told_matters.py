"""Cases as the inbox names them (消息中的案件): class and place, where it stands now and since when."""

from collections.abc import Sequence

from django.urls import Resolver404, resolve

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.shown import class_name, place_name, stage_badge
from shequtong.core.actors import Actor
from shequtong.messaging.matters import Matter


def told_cases(actor: Actor, links: Sequence[str]) -> dict[str, Matter]:
    """Of the links to cases on the desk those the post in use sees at least as a header. One statement, none without such links."""
    numbers = {link: number for link in links if (number := _number_in(link))}
    if not numbers or not actor.post:
        return {}
    rows = Case.objects.all_numbered(numbers.values(), actor.home).within_post(actor, permissions.VIEW_HEADER).defer("text")
    found = {case.number: case for case in rows}
    return {link: _matter(found[number]) for link, number in numbers.items() if number in found}


def _number_in(link: str) -> str:
    try:
        match = resolve(link.partition("?")[0].partition("#")[0])
    except Resolver404:
        return ""
    return str(match.kwargs.get("number", "")) if match.view_name == "cases:desk-detail" else ""


def _matter(case: Case) -> Matter:
    words = f"{class_name(catalogue().classes[case.case_class_id])} · {place_name(case.place_path)}".removesuffix(" · ")
    return Matter(words, stage_badge(case.stage).label, case.stage_since)
