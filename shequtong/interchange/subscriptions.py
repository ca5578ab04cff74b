"""Who is told of what (订阅名册), held in memory: every move of a case asks, and few change."""

from dataclasses import dataclass
from datetime import date

from shequtong.core.held import Held
from shequtong.interchange import rights
from shequtong.interchange.models import Subscription
from shequtong.interchange.systems import REVISION


@dataclass(frozen=True)
class SubscriptionRef:
    """A subscription that stands: where its key reaches, what it hears of."""

    id: int
    path: str
    station: int | None
    kinds: frozenset[str]
    last_day: date | None

    def hears(self, kind: str, path: str, station: int | None, today: date) -> bool:
        """Whether it is told of this event at this place, with this station."""
        stands = self.last_day is None or today <= self.last_day
        ours = path.startswith(self.path) if self.station is None else station == self.station
        return stands and kind in self.kinds and ours


def _load() -> tuple[SubscriptionRef, ...]:
    rows = Subscription.objects.filter(ended_at=None, key__revoked_at=None).select_related("key__unit").order_by("id")
    return tuple(
        SubscriptionRef(
            row.pk,
            row.key.unit.path,
            row.key.station_id,
            frozenset(row.kinds.split(",")),
            row.key.last_day,
        )
        for row in rows
        if rights.READ in rights.parse(row.key.rights)
    )


standing = Held(REVISION, _load)
