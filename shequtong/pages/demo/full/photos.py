"""Photos of the full demo (演示照片): a few pictures drawn once and stored for many cases, each with a row of its own."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from shequtong.core.actors import Actor
from shequtong.files.photos import PreparedPhoto, prepare_photo
from shequtong.files.usecases import store_photos
from shequtong.pages.demo.pictures import draw

CLAIM = "demo"
_PICTURES = 16  # different ones of each kind


class Album:
    """Stored photos that wait to be attached; filled before a transaction, taken within."""

    def __init__(self, subdistrict: int, by: Actor) -> None:
        self._subdistrict, self._by = subdistrict, by
        self._drawn: dict[tuple[int, bool], PreparedPhoto] = {}
        self._waiting: dict[bool, list[int]] = {False: [], True: []}
        self._turn: Iterator[int] = count()

    def fill(self, before: int, after: int, at: datetime) -> None:
        """Have at least so many at hand."""
        for mended, wanted in ((False, before), (True, after)):
            missing = wanted - len(self._waiting[mended])
            if missing > 0:
                photos = [self._picture(next(self._turn) % _PICTURES, mended) for _n in range(missing)]
                stored = store_photos(photos=photos, subdistrict_id=self._subdistrict, claim=CLAIM, by=self._by, now=at)
                self._waiting[mended] += [blob.pk for blob in stored]

    def take(self, *, mended: bool) -> tuple[int, ...]:
        """One of them; none when none is left."""
        waiting = self._waiting[mended]
        return (waiting.pop(0),) if waiting else ()

    def _picture(self, seed: int, mended: bool) -> PreparedPhoto:
        if (seed, mended) not in self._drawn:
            self._drawn[seed, mended] = prepare_photo(draw(seed, mended=mended), name="demo.jpg")
        return self._drawn[seed, mended]
