"""Keys of other systems for tests."""

from datetime import UTC, date, datetime
from itertools import count

from shequtong.core.actors import SystemActor
from shequtong.interchange.models import SystemKey
from shequtong.interchange.rights import parse
from shequtong.interchange.usecases import NewKey, open_system_key
from shequtong.organizations.models import Station
from shequtong.territory.models import Unit

_SERIALS = count(1)


def make_key(
    unit: Unit,
    *,
    may_report: bool = True,
    screened: bool = False,
    per_minute: int = 1000,
    last_day: date | None = None,
    may: str = "",
    acts_as: str = "",
    station: Station | None = None,
) -> tuple[SystemKey, str]:
    """The row and the key; `may` names its rights by commas."""
    new = NewKey(
        name=f"城市平台 {next(_SERIALS)}",
        unit=unit,
        may_report=may_report,
        screened=screened,
        per_minute=per_minute,
        last_day=last_day,
        rights=parse(may),
        acts_as=acts_as,
        station=station,
    )
    return open_system_key(new=new, by=SystemActor("Town hall"), now=datetime.now(UTC))
