"""Buildings found by what people write (地址检索): at most two statements a search, always inside named subdistricts."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from shequtong.core.actors import subtree
from shequtong.core.geo import distance_m, tiles_around
from shequtong.core.pinyin import initials
from shequtong.territory.address.initials import how_well, typed
from shequtong.territory.address.normal import building_key, grams_wanted, house_key, normal
from shequtong.territory.address.parse import AddressParts, parse_address
from shequtong.territory.address.spelling import spelt
from shequtong.territory.models import AddressGram, Building, Compound, Unit
from shequtong.territory.units import under

LONGEST_TEXT = 100  # characters that are looked at
CANDIDATES = 200  # buildings with the most grams, that are looked at closely
WRONG = 2  # how badly a building fits from where on a character is wrong
SHORTEST_NAME = 2  # characters
NEAR_M = 300.0  # metres within which a building is "at" a point


@dataclass(frozen=True)
class Match:
    """A building, with the entrance and room that were written, as they were written. `exact`: everything said fits."""

    building_id: int
    subdistrict: int
    grid_id: int
    grid_path: str
    address: str
    compound: str
    lon: float
    lat: float
    entrance: str = ""
    room: str = ""
    exact: bool = True

    @property
    def label(self) -> str:
        """The address for people, with the compound where it does not name it: 枫桥路12号3幢2单元（名城花园）."""
        place = f"{self.address}{self.entrance}"
        if not self.compound or self.compound in place:
            return place
        return _("%(address)s (%(compound)s)") % {"address": place, "compound": self.compound}


def search_buildings(text: str, subdistricts: tuple[int, ...], limit: int = 10, within: str | None = None) -> list[Match]:
    """Standing buildings of these storage numbers (and under the path `within`) that fit a text, the best first. Two statements at most.

    What is said of house number and building must fit; when nothing does, the building is let go, then nothing is returned that
    shares neither street nor compound. No subdistrict: nothing, no statement.
    """
    text = text.strip()[:LONGEST_TEXT]
    wanted = grams_wanted(text)
    if not wanted or not subdistricts:
        return []
    grams = AddressGram.objects.filter(subdistrict__in=subdistricts, gram__in=sorted(wanted), building__ended_at__isnull=True)
    if within:
        start, end = subtree(within)
        grams = grams.filter(building__grid_path__gte=start, building__grid_path__lt=end)
    hits = grams.values_list("building_id").annotate(hits=Count("id")).order_by("-hits", "building_id")[:CANDIDATES]
    score = dict(hits)
    if not score:
        return []
    found = list(Building.objects.filter(pk__in=list(score)).select_related("compound"))
    letters = typed(text)
    if letters and (spoken := _by_initials(letters, found, score)):
        return [_match(one, AddressParts(), exact=fit == 0) for fit, one in spoken[:limit]]
    said = parse_address(text)
    for wish in (said, said._replace(building="")):
        ranked = [(rank, one) for one in found if (rank := _rank(wish, one, score[one.pk])) is not None]
        if ranked:
            ranked.sort(key=lambda pair: (*pair[0], _order(pair[1])))
            if ranked[0][0][0] < WRONG:  # 金山路 is one character from 狮山路, and not what was meant
                ranked = [pair for pair in ranked if pair[0][0] < WRONG]
            return [_match(one, said, exact=wish is said and rank[0] == 0) for rank, one in ranked[:limit]]
    return []


def _by_initials(letters: str, found: list[Building], score: dict[int, int]) -> list[tuple[int, Building]]:
    """Those whose initials were typed, the best first; of the exact ones alone where there are any."""
    fits = [(fit, one) for one in found if (fit := how_well(letters, spelt(one))) is not None]
    fits.sort(key=lambda pair: (pair[0], -score[pair[1].pk], _order(pair[1])))
    return [pair for pair in fits if pair[0] == 0] or fits


def compounds_called(text: str, subdistricts: tuple[int, ...], limit: int = 24) -> list[Compound]:
    """Standing compounds by their name, their road, or the community they lie in: what who names no house may choose among. One statement.

    None for a text that names a house or building, or one character alone.
    """
    said, bare = parse_address(text), normal(text[:LONGEST_TEXT]).removesuffix("居委会").removesuffix("社区")
    if said.house_no or said.building or len(bare) < SHORTEST_NAME or not subdistricts:
        return []
    called = Q(name__contains=bare) | Q(street=said.street or bare)
    for unit in under("", Unit.Kind.COMMUNITY):
        if unit.subdistrict in subdistricts and bare in unit.name:
            start, end = subtree(unit.path)
            called |= Q(unit_path__gte=start, unit_path__lt=end)
    found = Compound.objects.within(*subdistricts).filter(called, ended_at__isnull=True)
    return list(found.order_by("pinyin", "id")[:limit])


def nearest_building(lon: float, lat: float, subdistrict: int, within_m: float = NEAR_M) -> tuple[Building, float] | None:
    """The standing building nearest to a point of a subdistrict and its distance in metres; None within `within_m`. One statement or two."""
    for metres in (min(60.0, within_m), within_m):
        around = Building.objects.within(subdistrict).standing().in_tiles(tiles_around(lon, lat, metres))
        near = [(distance_m(lon, lat, one.lon, one.lat), one.pk, one) for one in around.defer("footprint")]
        best = min(near, default=None, key=lambda one: one[:2])
        if best is not None and best[0] <= metres:
            return best[2], best[0]
    return None


def _rank(said: AddressParts, one: Building, hits: int) -> tuple[int, int] | None:
    """How badly a building fits (0 is best, then more grams); None when what is said contradicts it."""
    if said.building and building_key(said.building) != building_key(one.name):
        return None
    if said.house_no and not _house_fits(said, one):
        return None
    if not said.street and not said.compound:
        # "3栋", "12号": numbers alone; or words that no rule could place
        return (0 if said.building or said.house_no else 1, -hits)
    street, compound = _street_fit(said.street, one.street), _compound_fit(said.compound, one)
    if said.street and said.compound:
        # one of the two may be wrong or unknown to us: people name the gate, the firm next door, the old name of the street
        return (
            None
            if street is None and compound is None
            else (sum(WRONG if fit is None else fit for fit in (street, compound)), -hits)
        )
    fit = street if said.street else compound
    return None if fit is None else (fit, -hits)


def _house_fits(said: AddressParts, one: Building) -> bool:
    """Behind the name of a compound, "5号" may be its building."""
    wanted = house_key(said.house_no)
    return wanted == house_key(one.house_no) or (not said.street and not said.building and wanted == building_key(one.name))


def _street_fit(said: str, there: str) -> int | None:
    """0: the same; 1: one is part of the other (我家在枫桥路); 2: one character is wrong; None: something else."""
    said, there = normal(said), normal(there)
    if said == there:
        return 0
    if there and (said.endswith(there) or there.startswith(said) or said in there):
        return 1
    wrong = sum(1 for one, other in zip(said, there, strict=False) if one != other)
    return WRONG if len(said) == len(there) > 2 and wrong == 1 else None


def _compound_fit(said: str, one: Building) -> int | None:
    """As `_street_fit` for the compound; a word that is no compound may begin the street's name."""
    if one.compound is not None:
        if said.isascii():
            # letters are initials: mchy of 名城花园, mc as one types
            return 0 if initials(one.compound.pinyin).startswith(said) else None
        name = normal(one.compound.name)
        if name.startswith(said):
            return 0
        if (fit := _street_fit(said, name)) is not None:
            return fit
    return 1 if normal(one.street).startswith(said) else None


def _order(one: Building) -> tuple[str, str, str, int, int]:
    return one.compound.pinyin if one.compound else "", one.street, one.house_no, one.number, one.pk


def _match(one: Building, said: AddressParts, *, exact: bool) -> Match:
    return Match(
        building_id=one.pk,
        subdistrict=one.subdistrict_id,
        grid_id=one.grid_id,
        grid_path=one.grid_path,
        address=one.address,
        compound=one.compound.name if one.compound else "",
        lon=one.lon,
        lat=one.lat,
        entrance=said.entrance,
        room=said.room,
        exact=exact,
    )
