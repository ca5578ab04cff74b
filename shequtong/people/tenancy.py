"""How a home is lived in, by who lives there (房屋状态推定). Pure."""

from collections.abc import Collection

OWNED, LET, TO_LET, EMPTY, OTHER, UNKNOWN = "owned", "let", "to_let", "empty", "other", "unknown"


def state_after(state: str, kinds: Collection[str], *, known: bool = True) -> str:
    """The state of a home after something happened there; `kinds`: as what each of those who live there now does so. `known`: by `state`
    somebody was known to live there before, so that nobody left means empty; a door nobody spoke of stays as it was.
    """
    if "tenant" in kinds:
        return LET
    if "owner" in kinds:
        return OWNED
    if kinds:
        return UNKNOWN if state in (EMPTY, TO_LET) else state
    return EMPTY if known and state in (OWNED, LET, UNKNOWN) else state
