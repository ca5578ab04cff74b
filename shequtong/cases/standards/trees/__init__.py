"""Example trees (示例立结案标准全表): every class of standards.md 1.6 and five trees of ours, in the JSON files beside this one.

Names and codes of components and events are those of GB/T 30428.2 practice; conditions, limits, bases and duties were written by us and are
marked as examples. A file's `shapes` are conditions several classes of a group share. Codes: see `cases.standards`; a matter's code is
its tree's letter (G 综治, L 民生, S 安全生产, M 市场监管, P 物业) before four digits. `residents.json` names the classes that residents may choose,
each in everyday words; left out is what they would not see, and what would tell on somebody by its class alone, for that is public.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from shequtong.cases.standards.lines import Kind, Line, class_code
from shequtong.core.clock.spoken import Spoken, spoken

FILES = ("components", "events", "governance", "livelihood", "safety", "market", "property")
_BASIS = "示例责任清单"
Part = tuple[str, str, str]


@cache
def example_lines() -> tuple[Line, ...]:
    """Every row, in the order of the files."""
    offered: dict[str, str] = json.loads((Path(__file__).parent / "residents.json").read_text(encoding="utf-8"))
    return tuple(
        Line(
            code=code,
            kind=_kind(tree, group).value,
            tree=tree["tree"],
            group_code=group["code"],
            group_name=group["name"],
            name=name,
            register_condition=condition,
            close_condition=closing,
            limit_amount=limit.limit.amount,
            limit_kind=limit.limit.kind.value,
            limit_note=limit.note,
            handling_unit=own.get("handling_unit", group["handling_unit"]),
            supervising_unit=group["supervising_unit"],
            legal_basis=group["legal_basis"],
            collection=group["collection"],
            after_photo_required=_kind(tree, group) is not Kind.MATTER,
            confirm_required=_kind(tree, group) is Kind.EVENT,
            is_example=True,
            residents="yes" if code in offered else "no",
            example=offered.get(code, ""),
        )
        for tree, group, code, name, rows, own in _classes()
        for condition, limit, closing in rows
    )


def example_duties(agencies: Iterable[str]) -> dict[str, list[Part]]:
    """The duty list of each class, as far as the place has the agencies; a class whose leading one is missing has none yet."""
    known, found = frozenset(agencies), {}
    for _tree, group, code, _name, _rows, own in _classes():
        lead, assist = own.get("lead", group["lead"]), own.get("assist", group["assist"])
        if lead in known:
            found[code] = [
                (lead, "lead", _BASIS),
                *((each, "assist", _BASIS) for each in assist if each in known and each != lead),
            ]
    return found


def _classes() -> Iterator[tuple[Any, Any, str, str, list[tuple[str, Spoken, str]], dict[str, Any]]]:
    for stem in FILES:
        tree = json.loads((Path(__file__).parent / f"{stem}.json").read_text(encoding="utf-8"))
        for group in tree["groups"]:
            for minor, name, rows, *rest in group["classes"]:
                conditions = [_row(*row) for row in (group["shapes"][rows] if isinstance(rows, str) else rows)]
                code = (
                    tree["letter"] + group["code"] + minor
                    if "letter" in tree
                    else class_code(_kind(tree, group), group["code"], minor)
                )
                yield tree, group, code, name, conditions, rest[0] if rest else {}


def _row(condition: str, limit: str, closing: str) -> tuple[str, Spoken, str]:
    found = spoken(limit)
    if not isinstance(found, Spoken):
        raise ValueError(f"{condition}: {limit} is no limit ({found})")
    return condition, found, closing


def _kind(tree: dict[str, Any], group: dict[str, Any]) -> Kind:
    return Kind(group.get("kind", tree["kind"]))
