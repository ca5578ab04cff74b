"""A city from nothing (建城): ground, standards, people, molds and casts, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import heads
from shequtong.cases.catalogue import catalogue
from shequtong.cases.examples import EXAMPLES, STAGE_LIMITS
from shequtong.cases.models import Case
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standings import agencies, preview_of
from shequtong.cases.usecases import prepare_standards, publish_batch, publish_standard, set_stage_limit
from shequtong.core.actors import Actor
from shequtong.core.bulk import take_statistics
from shequtong.core.refusals import Refusal
from shequtong.pages.city import molds
from shequtong.pages.city.loading import Loaded, load
from shequtong.pages.city.pattern import Pattern
from shequtong.pages.city.people import Shown, build_people
from shequtong.pages.city.place import Street, build_district, build_dwellings, build_street
from shequtong.pages.city.sizes import sizes
from shequtong.territory.models import Unit


class NotEmpty(Refusal):
    """The database holds a place or cases already."""


@dataclass(frozen=True)
class City:
    """What was built."""

    streets: list[Street]
    shown: list[Shown]
    loaded: Loaded


def build_city(
    *,
    cases: int,
    subdistricts: int,
    seed: int,
    pattern: Pattern,
    password: str,
    by: Actor,
    now: datetime,
    say: Callable[[str], None],
) -> City:
    """The place street by street, then all cases in one transaction: broken off, they are all there or none. Raises NotEmpty."""
    _require_empty()
    say("Place …")
    with transaction.atomic():
        district = build_district(subdistricts, by, now)
    streets = []
    for number, size in enumerate(sizes(cases, subdistricts)):
        with transaction.atomic():
            streets.append(build_street(number, subdistricts, size, district, by, now))
    streets = build_dwellings(streets, subdistricts, by, now, say)
    say("Standards …")
    _publish_standards(by, now)
    say("People …")
    people = build_people(streets, district, password, by, now, say)
    with transaction.atomic():
        say("Lives …")
        played = molds.play(molds.how_many(cases), streets[0], people, pattern, by, now, seed, say)
        say("Cases …")
        loaded = load(streets, people, played, pattern, now, seed, say)
    for seal in loaded.seals:
        heads.export(seal, now)
    take_statistics()
    return City(streets, people.shown, loaded)


def _require_empty() -> None:
    if Case.objects.exists():
        raise NotEmpty(
            _("This database holds cases already. A city is built in an empty one: create it, run migrate, then city.")
        )
    if Unit.objects.exists():
        raise NotEmpty(
            _(
                "This database holds a place without cases: another's, or that of a city whose building was broken off."
                " Create the database anew, run migrate, then city again."
            )
        )


def _publish_standards(by: Actor, now: datetime) -> None:
    """As the demo has them."""
    for example in EXAMPLES:
        publish_standard(new=example, by=by, now=now)
    if not all(line.code in catalogue().by_code for line in example_lines()):
        duties = example_duties(agency.code for agency in agencies().values())
        batch = prepare_standards(source="examples", lines=example_lines(), duties=duties, by=by, now=now)
        publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=by, now=now)
    for stage, minutes, kind in STAGE_LIMITS:
        set_stage_limit(stage=stage, minutes=minutes, kind=kind, by=by, now=now)
