"""The map of cases and words in their list, counted (案件地图与检索的计数): its page, and what a viewport answers to those of a place, of a station, and who sees headers."""

from shequtong.cases.models import Case
from tests.counted.pages import READERS, Counted, Request, Scene

PAGE = "/desk/cases/map/"
SEEN = f"{PAGE}view/?bbox=120.5,31.2,120.7,31.4&zoom=12"


def _asked(name: str, most: int, who: str, address: str) -> Counted:
    def prepare(scene: Scene, case: Case) -> Request:
        wanted = address.format(station=scene.town.police.pk, grid=scene.town.grid.code)
        return lambda: scene.browser(who).get(wanted)

    return Counted(f"{name} {who} {address}", most, prepare)


MAPS = (
    *(_asked("map", 8, who, PAGE) for who in READERS),
    *(_asked("view of the map", most, who, SEEN) for who, most in (("chen", 4), ("supervisor", 4), ("wang", 5), ("xu", 4))),
    *(_asked("map of hours", 3, who, f"{PAGE}hours/{more}") for who in READERS for more in ("", "?hours=18-24&months=0&cls=L01")),
    _asked("view of the map", 4, "chen", f"{SEEN}&under={{grid}}&light=green&cls=L01"),
    _asked("view of the map", 5, "supervisor", f"{SEEN}&stage=all&station={{station}}"),
    _asked("view of the map", 6, "wang", f"{SEEN}&stage=closed"),
)
WORDS = (
    *(
        _asked("search", 10, who, f"/desk/search/?q={q}")
        for who in ("chen", "wang", "xu")
        for q in ("楼道灯", "123", "枫桥路12号")
    ),
    *(_asked("words", 10, who, f"/desk/cases/?q={q}") for who in ("chen", "wang", "supervisor") for q in ("楼道灯", "灯")),
    _asked("words", 10, "wang", "/desk/cases/?q=楼道灯&stage=all"),
    _asked("words", 10, "chen", "/desk/cases/?q=123&under={grid}&light=green"),
)
