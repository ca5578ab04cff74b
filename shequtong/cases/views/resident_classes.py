"""Choosing what a report is about (选类别): what is told most or what a search found as tiles, everything else by tree and group."""

from typing import Any

from shequtong.cases.catalogue import Class, open_classes
from shequtong.cases.offered import FEW, branches, most_told, name_initials, search
from shequtong.cases.places import Spot
from shequtong.cases.shown import class_example, class_name
from shequtong.cases.standards.icons import icon_of, icon_of_tree
from shequtong.cases.standards.words import tree_name


def choice(spot: Spot, chosen: str, q: str) -> dict[str, Any]:
    """What the page is shown with. `q` are words that were looked for; one statement or two without any, none with some.

    A class stands in its group too when it is among the tiles; the chosen one is marked once, where one sees it first.
    """
    offered = open_classes(for_residents=True)
    if len(offered) <= FEW:
        return {"tiles": [_tile(one, chosen) for one in offered], "trees": [], "few": True}
    found = search(q) if q else []
    picked = next((one for one in offered if one.code == chosen), None)
    tiles = found or most_told(spot)
    if picked is not None and picked not in tiles:
        tiles = [picked, *tiles]
    above = chosen if any(one.code == chosen for one in tiles) else ""
    letters = name_initials()
    return {
        "tiles": [_tile(one, chosen) for one in tiles],
        "trees": [_tree(tree.tree, tree.groups, "" if above else chosen, letters) for tree in branches()],
        "few": False,
        "q": q,
        "found": len(found),
    }


def _tile(one: Class, chosen: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": class_name(one),
        "example": class_example(one),
        "icon": icon_of(one.code, one.tree),
        "checked": one.code == chosen,
    }


def _tree(tree: str, groups: Any, chosen: str, letters: dict[str, str]) -> dict[str, Any]:
    shown = [
        {
            "name": group.name,
            "icon": icon_of(group.classes[0].code[:3], tree) if group.name else "",
            "tiles": [_tile(one, chosen) | {"letters": letters.get(one.code, "")} for one in group.classes],
        }
        for group in groups
    ]
    return {
        "name": tree_name(tree),
        "icon": icon_of_tree(tree),
        "groups": shown,
        "count": sum(len(group["tiles"]) for group in shown),
        "open": any(tile["checked"] for group in shown for tile in group["tiles"]),
    }
