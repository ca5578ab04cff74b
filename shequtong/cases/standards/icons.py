"""The drawing that stands for a group of classes (类别图标): by the beginning of its codes, else by its tree; names of frontend/ui/icons.json."""

_OF_TREE = {
    "city_management": "road",
    "governance": "shield",
    "livelihood": "heart",
    "safety": "hard-hat",
    "market": "cart",
    "property": "buildings",
}
_OF_CODE = {
    "0101": "manhole", "0110": "rubbish", "0113": "road", "L01": "home", "L02": "briefcase", "L03": "book", "M01": "cart", "E01": "leaf",
    "H01": "health", "T01": "bus",
    "C01": "bulb", "C02": "sign", "C03": "rubbish", "C04": "tree",
    "E011": "rubbish", "E012": "leaf", "E02": "sign", "E03": "crane", "E04": "shop", "E05": "drop",
    "G02": "fire", "G04": "message",
    "L010": "coin", "L020": "old", "L030": "wheelchair", "L050": "briefcase",
    "M010": "food", "M02": "pill", "M03": "shop", "M04": "receipt", "M05": "cart",
    "P01": "tool", "P0101": "bulb", "P0104": "drop", "P0105": "drop", "P02": "rubbish", "P0204": "car", "P03": "receipt", "P04": "users",
    "S02": "buildings", "S03": "fire", "S04": "elevator", "S05": "umbrella",
}  # fmt: skip


def icon_of(code: str, tree: str) -> str:
    """The icon of a class: what the longest beginning of its code has."""
    for length in range(len(code), 2, -1):
        if found := _OF_CODE.get(code[:length]):
            return found
    return icon_of_tree(tree)


def icon_of_tree(tree: str) -> str:
    """The icon of a tree; one of a place's own has a tag."""
    return _OF_TREE.get(tree, "tag")
