"""Whose photo is it (附件归属): the area that owns what a file is attached to says who may see it. Filled when the project starts."""

from collections.abc import Callable

from shequtong.core.actors import Actor

MaySee = Callable[[Actor, int, str], bool]
_owners: dict[str, MaySee] = {}


def register(owner_kind: str, may_see: MaySee) -> None:
    """`may_see(actor, owner_id, label)` decides for everything attached to `owner_kind` ("cases.Case"). Called in `AppConfig.ready`."""
    if _owners.setdefault(owner_kind, may_see) is not may_see:
        raise ValueError(f"who may see files of {owner_kind} is already decided elsewhere")


def may_see(actor: Actor, owner_kind: str, owner_id: int, label: str) -> bool:
    """Whether the owner lets `actor` see what is attached to it under `label` (its own word: before, after …); an owner nobody registered lets nobody."""
    decide = _owners.get(owner_kind)
    return decide is not None and decide(actor, owner_id, label)
