"""A browser without scripts for tests: it reads the forms of a page and presses their buttons with all that stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.test import Client


@dataclass
class Form:
    """One form: where it goes, how, and its fields as the page filled them."""

    action: str
    method: str
    multipart: bool
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {name for name, _value in self.fields}


class _Reader(HTMLParser):
    """Forms and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(found.get("action", ""), found.get("method", "get"), "multipart" in found.get("enctype", ""))
            self.forms.append(self._open)
        elif tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif self._open is not None:
            self._in_form(tag, found, self._open)

    def _in_form(self, tag: str, found: dict[str, str], form: Form) -> None:
        kind = found.get("type", "text")
        if tag == "button":
            form.buttons.append(found)
        elif tag == "textarea":
            self._area, self._text = found["name"], ""
        elif tag == "input" and "name" in found and kind != "file":
            # A radio or box that is not chosen is not sent.
            choice = kind in ("radio", "checkbox")
            if not choice or "checked" in found:
                form.fields.append((found["name"], found.get("value", "on" if choice else "")))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area and self._open:
            self._open.fields.append((self._area, self._text.removeprefix("\n")))
            self._area = None
        elif tag == "form":
            self._open = None


class Phone:
    """One visitor's browser; `page` is what it shows."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()
        self.address = ""
        self.page: Any = None

    @property
    def text(self) -> str:
        return str(self.page.content.decode())

    @property
    def forms(self) -> list[Form]:
        reader = _Reader()
        reader.feed(self.text)
        return reader.forms

    @property
    def links(self) -> list[str]:
        reader = _Reader()
        reader.feed(self.text)
        return reader.links

    def open(self, address: str) -> "Phone":
        return self._show(self.client.get(address), address)

    def form(self, with_field: str) -> Form:
        """The form that has this field or, for choices nobody made yet, whose fields would."""
        return next(form for form in self.forms if with_field in form.names)

    def press(self, form: Form, *, button: str = "", files: Iterable[Any] = (), **typed: str) -> "Phone":
        """Send `form` with what was typed over it, by its plain button, or by the one whose formaction holds `button`."""
        by = next((one for one in form.buttons if button in one.get("formaction", "")), {}) if button else {}
        data: dict[str, Any] = {**dict(form.fields), **typed}
        if by.get("name"):
            data[by["name"]] = by.get("value", "")
        if form.multipart:
            data["photos"] = list(files)
        address = by.get("formaction") or form.action or self.address
        if form.method != "post":
            return self._show(self.client.get(address, data), address)
        return self._show(self.client.post(address, data), address)

    def _show(self, page: Any, address: str) -> "Phone":
        self.page, self.address = page, address
        while page.status_code in (301, 302):
            target = urlsplit(page["Location"])
            self.address = target.path + (f"?{target.query}" if target.query else "")
            self.page = page = self.client.get(self.address)
        return self
