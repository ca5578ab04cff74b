"""The board, counted (看板的计数): its page, the piece and the map it asks for again, and the lists behind its days."""

from datetime import timedelta

from django.utils import timezone

from shequtong.cases.models import Case
from shequtong.pages.kept import forget
from tests.counted.pages import Counted, Request, Scene


def _drawn(name: str, most: int, who: str, address: str) -> Counted:
    """A page of the board as it is computed, not as it is kept."""

    def prepare(scene: Scene, case: Case) -> Request:
        forget()
        day = timezone.localdate() - timedelta(days=1)
        wanted = address.format(day=day.isoformat(), community=scene.town.community.code)
        return lambda: scene.browser(who).get(wanted)

    return Counted(f"{name} {who} {address}", most, prepare)


BOARD_READERS = ("supervisor", "chen", "hu", "he", "xu")
BOARDS = (
    *(_drawn("board", 7, who, "/board/") for who in BOARD_READERS),
    _drawn("board piece", 7, "supervisor", "/board/piece/?under={community}"),
    *(_drawn("board map", 4, who, "/board/cases.geojson") for who in BOARD_READERS),
    *(_drawn("board day", 4, "chen", f"/board/day/?what={what}&day={{day}}") for what in ("received", "closed")),
    _drawn("queue of a number", 8, "chen", "/desk/cases/?light=green"),
    _drawn("queue of a number", 8, "supervisor", "/desk/cases/?light=none&under={community}"),
)
