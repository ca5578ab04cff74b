"""Addresses lead somewhere known (地址检查): each name to a view of its own area, and to a test that speaks of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One named address: `area:name`, its route, and the module its view stands in."""

    name: str
    route: str
    module: str

    @property
    def area(self) -> str:
        """The namespace."""
        return self.name.partition(":")[0]

    @property
    def words(self) -> list[str]:
        """What is fixed in the route: /desk/cases/<number>/close/ is made of "desk/cases/" and "/close/"."""
        return [part for part in re.split(r"<[^>]+>", self.route) if part.strip("/")]


def addresses(patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = "", before: str = "") -> Iterator[Address]:
    """All addresses of the project."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, pattern.namespace or space, route)
        else:
            yield Address(f"{space}:{pattern.name or ''}", route, pattern.callback.__module__)


def faults(found: Iterable[Address], tests: Iterable[str]) -> list[str]:
    """Addresses without a name, with another area's view, named twice with different views, or in no test."""
    texts, known = list(tests), list(found)
    wrong = [f"{each.route} has no name" for each in known if each.name.endswith(":") or each.name.startswith(":")]
    wrong += [
        f"{each.name} is another area's view: {each.module}"
        for each in known
        if not each.module.startswith(f"shequtong.{each.area}.")
    ]
    names = [each.name for each in known]
    wrong += [f"{name} names two addresses" for name in sorted({name for name in names if names.count(name) > 1})]
    return wrong + [f"{each.name} is in no test" for each in known if not any(_speaks_of(text, each) for text in texts)]


def _speaks_of(text: str, address: Address) -> bool:
    if f'"{address.name}"' in text:
        return True
    return bool(address.words) and all(word.strip("/") in text for word in address.words)
