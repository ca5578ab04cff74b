"""The board of a building (楼栋房号图): every room of every entrance with its state, who lives there in numbers, and what a filter finds.

Of a person it reads where they live and whether they fit the filter, never who they are; special-care groups lie in a store it does not know.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from shequtong.people.matrix import arranged
from shequtong.people.models import Home, Person, PersonMark
from shequtong.territory.models import Building, Entrance, Room

CARE, DUE, LIVED = "care", "due", "lived"
SIGNS = (CARE, DUE, LIVED)
DAYS = (30, 90, 180, 365)


@dataclass(frozen=True)
class Sought:
    """What a board is filtered by: of homes a state or a sign, of persons a mark, an age, a kind of population; all of them hold of one person.

    `days`: after how many days without anybody's look a home counts as not confirmed.
    """

    state: str = ""
    sign: str = ""
    mark: str = ""
    born_before: date | None = None
    born_after: date | None = None
    population: str = ""
    days: int = 90

    @property
    def of_persons(self) -> bool:
        """Whether persons are asked for."""
        return bool(self.mark or self.born_before or self.born_after or self.population)

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.state or self.sign or self.of_persons)


@dataclass(slots=True)
class Cell:
    """One room. `fits`: how many persons of it the filter finds; `off`: the filter leaves it out."""

    room_id: int
    name: str
    floor: int
    state: str = Home.State.UNKNOWN
    people: int = 0
    care: bool = False
    due: bool = False
    fits: int = 0
    off: bool = False


@dataclass
class Staircase:
    """An entrance: its floors from the top, each with its rooms from left to right."""

    entrance: Entrance
    floors: list[tuple[int, list[Cell | None]]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """How many rooms stand beside one another."""
        return max((len(row) for _floor, row in self.floors), default=0)

    @property
    def people(self) -> int:
        """Who lives behind it."""
        return sum(one.people for one in self.cells)


@dataclass
class Plate:
    """The board. `states` and `signs` count homes, of the whole building whatever the filter."""

    staircases: list[Staircase]
    states: Counter[str]
    signs: Counter[str]
    rooms: int = 0
    people: int = 0
    found_homes: int = 0
    found_people: int = 0


def plate_of(building: Building, sought: Sought, today: date) -> Plate:
    """Three statements, four with a filter of persons."""
    place = building.subdistrict_id
    entrances = list(Entrance.objects.filter(subdistrict=place, building=building).order_by("number", "id"))
    of_building = {"subdistrict": place, "entrance__building": building}
    rooms = list(Room.objects.filter(**of_building).values_list("id", "floor", "name", "entrance"))
    cells = {pk: Cell(pk, name, floor) for pk, floor, name, _entrance in rooms}
    _homes(building, cells, today - timedelta(days=sought.days))
    _fit(building, cells, sought)
    behind: dict[int, list[tuple[int, int, str]]] = {one.pk: [] for one in entrances}
    for pk, floor, name, entrance in rooms:
        behind[entrance].append((pk, floor, name))
    levels = sorted({cell.floor for cell in cells.values()}, reverse=True)
    staircases = [_staircase(one, behind[one.pk], cells, levels) for one in entrances]
    return _counted(staircases, list(cells.values()), sought)


def _homes(building: Building, cells: dict[int, Cell], stale: date) -> None:
    """What is known of the rooms: one statement."""
    known = Home.objects.within(building.subdistrict_id).filter(building=building)
    for room, state, people, care, confirmed in known.values_list("room", "state", "people", "care", "confirmed_on"):
        if cell := cells.get(room):
            cell.state, cell.people, cell.care = state, people, care
            cell.due = confirmed is None or confirmed < stale


def _fit(building: Building, cells: dict[int, Cell], sought: Sought) -> None:
    """Which rooms the filter finds; one statement where persons are asked for."""
    found = Counter(_persons(building, sought)) if sought.of_persons else Counter()
    for cell in cells.values():
        cell.fits = found[cell.room_id]
        has = {CARE: cell.care, DUE: cell.due, LIVED: cell.people > 0}
        home = (not sought.state or cell.state == sought.state) and (not sought.sign or has[sought.sign])
        cell.off = sought.any and not (home and (cell.fits > 0 or not sought.of_persons))


def _persons(building: Building, sought: Sought) -> list[int | None]:
    place = building.subdistrict_id
    rows = Person.objects.within(place).standing().filter(building=building, room__isnull=False)
    if sought.mark:
        marks = PersonMark.objects.filter(subdistrict=place, mark=sought.mark, grid_path=building.grid_path)
        rows = rows.filter(pk__in=marks.values("person"))
    if sought.born_before is not None:
        rows = rows.filter(born_on__lte=sought.born_before)
    if sought.born_after is not None:
        rows = rows.filter(born_on__gt=sought.born_after)
    if sought.population:
        rows = rows.filter(population=sought.population)
    return list(rows.values_list("room", flat=True))


def _staircase(entrance: Entrance, rooms: list[tuple[int, int, str]], cells: dict[int, Cell], levels: list[int]) -> Staircase:
    """All staircases have the floors of the building, so that they stand level beside one another."""
    rows = arranged(rooms)
    floors = [(level, [cells[pk] if pk is not None else None for pk in rows.get(level, [])]) for level in levels]
    return Staircase(entrance, floors if rooms else [], [cells[pk] for pk, _floor, _name in rooms])


def _counted(staircases: list[Staircase], cells: list[Cell], sought: Sought) -> Plate:
    signs = Counter({CARE: sum(one.care for one in cells), DUE: sum(one.due for one in cells)})
    signs[LIVED] = sum(one.people > 0 for one in cells)
    found = [one for one in cells if not one.off]
    return Plate(
        staircases,
        Counter(one.state for one in cells),
        signs,
        len(cells),
        sum(one.people for one in cells),
        len(found),
        sum(one.fits if sought.of_persons else one.people for one in found),
    )
