"""A building's names in initials (拼音首字母): its street, its compound, its community, with the numbers beside them. No statement."""

from shequtong.core.pinyin import initials, pinyin_key
from shequtong.territory.address.initials import Spelt
from shequtong.territory.address.normal import building_key, house_key
from shequtong.territory.models import Building, Unit
from shequtong.territory.units import above


def spelt(building: Building) -> Spelt:
    """The building has its compound loaded."""
    community = above(building.grid_path, Unit.Kind.COMMUNITY)
    return Spelt(
        street=initials(pinyin_key(building.street)).lower() if building.street else "",
        house=house_key(building.house_no),
        compound=initials(building.compound.pinyin) if building.compound else "",
        building=building_key(building.name),
        community=initials(community.pinyin) if community else "",
    )
