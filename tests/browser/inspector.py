"""Who looks at a page as everybody must be able to use it (无障碍检查): WCAG 2.2 A and AA by axe, no sideways scrolling, no error in the console, a title, Chinese throughout."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tools.walk import Window

LAPTOP, PHONE = (1366, 768), (390, 844)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"], "elementRef": False}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
# Names of formats, browsers and languages; the demo's user names.
FOREIGN = re.compile(
    r"English|Ctrl|Enter|sysadmin|secadmin|auditadmin|JPEG|WebP|HEIC|XLSX|JSON|Open311|GeoReport|token|discovery|GeoJSON|CGCS|“code”|Chrome|Linux|SS-\d|GB/T|\w*\.(xlsx|geojson|json)"
)
IN_CODES = ("components", "desk-flow-text")  # pages of names as a program has them
LATIN = re.compile(r"[A-Za-z]{4,}")
LINKS = re.compile(r"https?://\S+")  # in text messages, which the demo's telephone shows as they are


@dataclass
class Inspector:
    """Looks at each page in light at the size it is made for, a resident's on a phone; at those of `thoroughly` at both, and in the dark."""

    thoroughly: Container[str] = ()
    all_in_dark: bool = False  # the contrast of each, at the other size
    data: re.Pattern[str] = re.compile("(?!)")  # what stands in English where people wrote it
    axe: Axe = field(default_factory=Axe)
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def opened(self, person: Window) -> None:
        """Listen to the console and to answers of a new window; a refused form is a 422 and no error."""
        page = person.page
        page.on("console", lambda said: self._said(page, said.type, said.text))
        page.on("response", lambda answer: self.wrong.append(f"{answer.url}: {answer.status}") if answer.status >= 500 else None)

    def _said(self, page: Page, kind: str, text: str) -> None:
        if kind == "error" and not re.search(r"status of (404|422)", text):
            self.wrong.append(f"{page.url}: {text}")

    def __call__(self, name: str, person: Window) -> None:
        page = person.page
        page.wait_for_load_state("load")  # a click is over once the next page has begun: it may have no title yet
        self.seen.append(name)
        self._words(name, page)
        page.evaluate(self.axe.axe_script)
        own, other = (
            (LAPTOP, PHONE)
            if page.locator("body").evaluate("one => /face-(desk|board)/.test(one.className)")
            else (PHONE, LAPTOP)
        )
        self._sized(page, name, own)
        self._axe(page, f"{name} at {own[0]}", RULES)
        self._sized(page, name, other)
        if name in self.thoroughly:
            self._axe(page, f"{name} at {other[0]}", RULES)
        if name in self.thoroughly or self.all_in_dark:
            page.emulate_media(color_scheme="dark")
            self._axe(page, f"{name} at {other[0]} in the dark", CONTRAST)
            page.emulate_media(color_scheme="light")

    def _words(self, name: str, page: Page) -> None:
        if not page.title().strip(" ·"):
            self.wrong.append(f"{name}: no title")
        if page.locator("html").get_attribute("lang") != "zh-CN":
            self.wrong.append(f"{name}: lang")
        if name.startswith(IN_CODES):
            return
        said = page.locator("main").inner_text()
        quoted = page.locator(".big-number, samp, code").all_inner_texts()
        for number in sorted(quoted, key=len, reverse=True):  # to quote; one of letters alone is no word
            said = said.replace(number, "")
        if name == "outbox":
            said = LINKS.sub("", said)
        if found := set(LATIN.findall(FOREIGN.sub("", self.data.sub("", said)))):
            known = {page.url.rstrip("/").rpartition("/")[2], *page.locator(".slip__key").all_inner_texts()}
            self.wrong += [f"{name}: not in Chinese: {word}" for word in sorted(found - known)]

    def _sized(self, page: Page, name: str, size: tuple[int, int]) -> None:
        width, height = size
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.wrong.append(f"{name} at {width}: scrolls sideways")

    def _axe(self, page: Page, where: str, options: Mapping[str, object]) -> None:
        # Styles are fetched once more only where one looks thoroughly: one rule, about turning a telephone, asks for it.
        options = {**options, "preload": where.partition(" ")[0] in self.thoroughly}
        found = page.evaluate("options => axe.run(options).then(said => said.violations)", options)
        for violation in found:
            nodes = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
            self.wrong.append(f"{where}: {violation['id']}: {nodes}")
