"""Whose word counts (来源效力): a fact is overwritten only by a source at least as strong, or by one that saw it later. Pure."""

RANK = {"import": 0, "phone": 1, "visit": 2, "resident": 3, "document": 4, "police": 4}


def may_replace(*, old: str, new: str) -> bool:
    """Whether a value from `new` may stand in place of one from `old`. An empty value may always be filled (the caller knows)."""
    return RANK[new] >= RANK.get(old, 0)
