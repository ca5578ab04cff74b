"""What a move asks for when it is made of many cases (批量表单): words for all; the rest stands in the page's own rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.moves import NoteForm

_LONGEST = 19  # digits of an id


class BulkForm(NoteForm):
    """The note, where the move takes one. Which cases (`case`), where each goes (`to-NUMBER`), what was seen of it (`seen-NUMBER`)."""

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if verb == "accept":
            del self.fields["note"]
        else:
            self.fields["note"].widget = forms.Textarea(attrs={"rows": 2})
        if verb == "urge":  # a demand without words is none
            self.fields["note"].required, self.fields["note"].label = True, _("What you demand")

    def whole(self, name: str) -> int | None:
        """A whole number that was posted under this name."""
        said = self.data.get(name, "")
        return int(said) if said.isascii() and said.isdigit() and len(said) <= _LONGEST else None
