"""Photos of the full demo (演示照片): a few pictures of each scene, drawn once and stored for many cases, each with a row of its own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count

from shequtong.core.actors import Actor
from shequtong.files.models import Blob
from shequtong.files.photos import PreparedPhoto, prepare_photo
from shequtong.files.usecases import date_photos, store_photos
from shequtong.pages.demo.pictures import draw

CLAIM = "demo"
_PICTURES = 6  # different ones of each scene
Wanted = tuple[str, bool]  # a scene, and whether it is mended


class Album:
    """Stored photos that wait to be attached; filled before a transaction, taken within, dated at its end."""

    def __init__(self, subdistrict: int, by: Actor) -> None:
        self._subdistrict, self._by = subdistrict, by
        self._drawn: dict[tuple[str, int, bool], PreparedPhoto] = {}
        self._waiting: dict[Wanted, list[Blob]] = defaultdict(list)
        self._taken: dict[int, datetime] = {}
        self._turn: Iterator[int] = count()

    def fill(self, wanted: Mapping[Wanted, int], at: datetime) -> None:
        """Have at least so many of each at hand."""
        missing = {one: n - len(self._waiting[one]) for one, n in wanted.items()}
        new = [one for one, n in missing.items() for _n in range(n)]
        photos = [self._picture(scene, next(self._turn) % _PICTURES, mended) for scene, mended in new]
        stored = store_photos(photos=photos, subdistrict_id=self._subdistrict, claim=CLAIM, by=self._by, now=at)
        for one, blob in zip(new, stored, strict=True):
            self._waiting[one].append(blob)

    def take(self, scene: str, at: datetime, *, mended: bool) -> tuple[int, ...]:
        """One of them, as if it came in at `at`; none when none is left."""
        waiting = self._waiting[scene, mended]
        if not waiting:
            return ()
        blob = waiting.pop(0)
        self._taken[blob.pk] = at
        return (blob.pk,)

    def date(self, now: datetime) -> None:
        """Write when those taken since came in. One statement."""
        taken, self._taken = self._taken, {}
        date_photos(received=taken, subdistrict_id=self._subdistrict, claim=CLAIM, by=self._by, now=now)

    def _picture(self, scene: str, seed: int, mended: bool) -> PreparedPhoto:
        if (scene, seed, mended) not in self._drawn:
            self._drawn[scene, seed, mended] = prepare_photo(draw(seed, mended=mended, scene=scene), name="demo.jpg")
        return self._drawn[scene, seed, mended]
