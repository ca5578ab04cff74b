"""The move pages of the desk (流转操作): one page a verb, all of one shape."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.views.moves import answers, before, clocks, main, oversight, reporters, short, stations
from shequtong.cases.views.moves.page import MovePage, make_move
from shequtong.cases.workflow import MOVES

PAGES: dict[str, MovePage] = {
    **before.PAGES,
    **main.PAGES,
    **answers.PAGES,
    **clocks.PAGES,
    **oversight.PAGES,
    **stations.PAGES,
    **reporters.PAGES,
}


@require_http_methods(["GET", "POST"])
@for_staff(*sorted({MOVES[verb].permission for verb in PAGES}))
def desk_move(request: ActorRequest, number: str, verb: str) -> HttpResponse:
    """Make one move; see `page.make_move`."""
    return make_move(request, number, verb, PAGES[verb])


@require_http_methods(["GET", "POST"])
@for_staff(*sorted({MOVES[way.page].permission for way in SHORT_WAYS.values()}))
def desk_short_way(request: ActorRequest, number: str, way: str) -> HttpResponse:
    """Make the moves of a short way."""
    return make_move(request, number, SHORT_WAYS[way].page, short.PAGES[way])
