"""The short ways (合并办理), one page each: the page of the move that asks most, and a use-case that makes all of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.forms import moves as forms
from shequtong.cases.models import Case
from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.usecases.turns import needs_answer, standing
from shequtong.cases.views.moves import main, stations
from shequtong.cases.views.moves.page import MovePage, Told
from shequtong.cases.workflow import MOVES, why_closed
from shequtong.core.actors import Actor

Words = Callable[[Told], dict[str, dict[str, Any]]]


def _dispatched(told: Told) -> dict[str, dict[str, Any]]:
    return {"dispatch": {name: told.data[name] for name in ("to", "note", "assisting", "task")}}


def _handled(told: Told) -> dict[str, dict[str, Any]]:
    return {"handle": {"result": told.data["note"], "photos": told.photos.ids, "claim": told.photos.claim}}


def _closed(told: Told) -> dict[str, dict[str, Any]]:
    photos = {"photos": told.photos.ids, "claim": told.photos.claim}
    answer = {"text": told.data["text"], "publish": told.data["publish"]}
    return {"verify": {"note": told.data["note"], **photos}, "answer": answer}


def _going(way: str, words: Words) -> Callable[[Told], object]:
    return lambda told: usecases.go_short_way(number=told.number, way=way, told=words(told), by=told.by, now=told.now)


def _page(way: str, page: MovePage, words: Words, form: Any = None) -> MovePage:
    return replace(page, form=form or page.form, perform=_going(way, words), label=SHORT_WAYS[way].label)


PAGES: dict[str, MovePage] = {
    "register_dispatch": _page("register_dispatch", stations.PAGES["dispatch"], _dispatched),
    "accept_handle": _page("accept_handle", main.PAGES["handle"], _handled),
    "verify_close": _page("verify_close", main.PAGES["verify"], _closed, forms.VerifyCloseForm),
}


def short_ways_open(case: Case, actor: Actor) -> list[dict[str, object]]:
    """The short ways from where a case stands that this actor may go to the end. No statement."""
    facts, found = case.reach_facts(), list[dict[str, object]]()
    for name in flow_of(case.subdistrict_id).short:
        moves = SHORT_WAYS[name].moves
        if _leads_through(case, name) and all(actor.reach(MOVES[move].permission).of_post.covers(facts) for move in moves):
            found.append({"name": name, "label": SHORT_WAYS[name].label})
    return found


def _leads_through(case: Case, name: str) -> bool:
    """Nothing on the way needs another person or another page: a condition to choose, an answer somebody else approves."""
    way, rules = SHORT_WAYS[name], flow_of(case.subdistrict_id)
    if case.stage != way.begins or set(way.moves) & set(rules.off) or why_closed(MOVES[way.moves[0]], standing(case)):
        return False
    if "register" in way.moves and len(catalogue().classes[case.case_class_id].standards) > 1:
        return False
    return not ("answer" in way.moves and needs_answer(case) and catalogue().standards[case.standard_id].answer_approval)
