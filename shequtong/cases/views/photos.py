"""Photos that came with a form (随附照片): stored before the move, taken up by it, kept when the form comes back with errors."""

from dataclasses import dataclass

from django import forms

from shequtong.access.request import ActorRequest


@dataclass(frozen=True)
class Taken:
    """Ids of stored photos, and the key of the form they were uploaded for."""

    ids: tuple[int, ...] = ()
    claim: str = ""


def take_photos(request: ActorRequest, form: forms.Form, place: int) -> Taken:
    """Store what was uploaded. A bad photo becomes an error of the form."""
    return Taken()
