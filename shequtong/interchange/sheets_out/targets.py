"""Facts by their targets (表列的名称): name, elderly.living, 网格; what each is called in the reader's language."""

from shequtong.interchange.people_in.fields import OTHERS
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.lookups.load_sets import APPLIES

_OTHERS = dict(OTHERS)


def is_known(target: str) -> bool:
    """Whether a sheet can show it."""
    name, dot, fact = target.partition(".")
    return target in FACT_OF[""] or target in _OTHERS or bool(dot and (fact == APPLIES or fact in FACT_OF.get(name, {})))


def label_of(target: str) -> str:
    """The words of a target; what it is written with where it is a word already."""
    plain = target.removeprefix("extra:")
    name, dot, fact = plain.partition(".")
    if dot and fact in FACT_OF.get(name, {}):
        return str(FACT_OF[name][fact].label)
    if fact == APPLIES:
        return str(SET_OF[name].label)
    if plain in FACT_OF[""]:
        return str(FACT_OF[""][plain].label)
    return str(_OTHERS.get(plain, "人数" if plain.startswith("count") else plain))
