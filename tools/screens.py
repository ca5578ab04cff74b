"""`make screens` (界面截图): every page at phone, laptop and wall size, in light and dark, with no, one and many cases, from throw-away demos.

`python -m tools.screens [--only PATTERN] [--out FOLDER] [--cases 0,1,50] [--readme] [--no-town]`: each demo's pages lie in a folder of their own; in
`town` those of all other addresses, as the tests' town answers them (`tests/drawn.py`). `--readme` puts the few of README.md into docs/pictures.
"""

import argparse
import fnmatch
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:  # Django must be set up before these can be imported
    from playwright.sync_api import Browser, Page

    from tests.drawn import Drawn
    from tools.walk import Window

# Pictures of the README: page of the demo with many cases -> size, and whether it is dark.
README = {
    "home": ("phone", ""),
    "report-2-what": ("phone", ""),
    "own-closed": ("phone", "-dark"),
    "workbench-dispatcher": ("laptop", ""),
    "case-handling-urban": ("laptop", ""),
    "map-supervisor": ("laptop", ""),
    "board-supervisor": ("wall", ""),
}
SIZES = {"phone": (390, 844), "laptop": (1366, 768), "wall": (1920, 1080)}
PAPER = ("report-done", "case-closed-supervisor", "case-handling-urban")
LONG = "因连日降雨小区北侧道路积水严重，" * 125  # 2,000 characters, the longest that is taken


@dataclass
class Camera:
    """Takes each page at every size; stays on the page, so that a refused form is photographed as it stands."""

    folder: Path
    only: str
    taken: int = 0
    addresses: set[str] = field(default_factory=set)

    def __call__(self, name: str, person: "Window") -> None:
        if not any(fnmatch.fnmatch(name, pattern) for pattern in self.only.split("|")):
            return
        self.addresses.add(_address_of(person.page))
        try:
            self._shots(name, person.page)
        except (
            Exception
        ) as reason:  # a browser that photographs a thousand pages gives up now and then: once more in a new window
            if "crashed" not in str(reason):
                raise
            address, person.page = person.page.url, person.page.context.new_page()
            person.page.goto(address)
            self._shots(name, person.page)

    def _shots(self, name: str, page: "Page") -> None:
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                self._shot(page, f"{name}--{size}{'-dark' if scheme == 'dark' else ''}.png")
        page.emulate_media(color_scheme="light")
        if name in PAPER:
            page.pdf(path=self.folder / f"{name}.pdf", format="A4")

    def _shot(self, page: "Page", name: str) -> None:
        page.screenshot(path=self.folder / name, full_page=True, animations="disabled")
        self.taken += 1


def _address_of(page: "Page") -> str:
    """The name of the address that stands in the window; none of a page that is not there."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(page.url).path).view_name
    except Resolver404:
        return ""


def main() -> int:
    """Build, walk, photograph; 0 when every page could be taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="*", help="names of pages, as a shell pattern (default: all)")
    parser.add_argument("--out", type=Path, default=Path("docs/screens"))
    parser.add_argument("--cases", default="0,1,50", help="which servers, by number of cases (default %(default)s)")
    parser.add_argument(
        "--readme", action="store_true", help="only the pictures of README.md, into docs/pictures, from fifty cases"
    )
    parser.add_argument("--no-town", action="store_true", help="without the addresses that only the town of the tests knows")
    chosen = parser.parse_args()
    if chosen.readme:
        chosen.only, chosen.cases, chosen.no_town = "|".join(README), "50", True
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="screens-") as scratch:
        _django(Path(scratch))
        counts, drawn = [int(n) for n in chosen.cases.split(",") if n], [] if chosen.no_town else _drawn()
        taken = _photograph_all(counts, Path(scratch), chosen.out.resolve(), chosen.only, drawn)
    if chosen.readme:
        _for_readme(chosen.out / "50-cases", Path("docs/pictures"))
    print(f"{taken} pictures in {chosen.out}, {time.monotonic() - started:.0f} s")
    return 0 if taken else 1


def _for_readme(taken: Path, kept: Path) -> None:
    """What one sees without scrolling, as small files."""
    from PIL import Image

    kept.mkdir(exist_ok=True)
    for name, (size, tail) in README.items():
        width, height = SIZES[size]
        with Image.open(taken / f"{name}--{size}{tail}.png") as picture:
            seen = picture.convert("RGB").crop((0, 0, width, min(height, picture.height)))
        seen.thumbnail((1200, 1200))
        seen.save(kept / f"{name}.webp", quality=82, method=6)


def _django(scratch: Path) -> None:
    """The words of the pages are read from the catalogue."""
    os.environ["SHEQUTONG_DATA"], os.environ["SHEQUTONG_DEMO"] = str(scratch / "own"), "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
    import django

    django.setup()


def _drawn() -> "list[Drawn]":
    """What the town of the tests answers at every address, from a database of its own."""
    from django.conf import settings
    from django.core.management import call_command

    from shequtong.testing.town import build_town
    from tests.drawn import pages_of

    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PASSWORD_HASHERS = ["shequtong.accounts.testing.QuickHasher"]
    return pages_of(build_town())


def _photograph_all(counts: list[int], scratch: Path, out: Path, only: str, drawn: "list[Drawn]") -> int:
    """All demos are begun at once: the one with fifty cases is ready when the small ones have been photographed."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import ARGUMENTS, CHROMIUM
    from tests.browser.server import demo_server

    taken, past = 0, set[str]()
    path = next(found for name in CHROMIUM if (found := shutil.which(name)))
    with ThreadPoolExecutor(len(counts)) as pool, ExitStack() as left_open, sync_playwright() as playwright:
        begun = []
        for cases in counts:
            (scratch / str(cases)).mkdir()
            server = demo_server(scratch / str(cases), cases, bare=cases < 2)
            begun.append(pool.submit(server.__enter__))
            left_open.callback(_end, server, begun[-1])
        for cases, address in zip(counts, begun, strict=True):
            print(f"The demo with {cases} cases …", flush=True)
            browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
            camera = Camera(out / f"{cases:02d}-cases", only)
            camera.folder.mkdir(parents=True, exist_ok=True)
            _walk(browser, address.result(), camera, everything=cases > 1)
            browser.close()
            taken, past = taken + camera.taken, past | camera.addresses
        camera, browser = Camera(out / "town", only), playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        _walk_town(browser, camera, [one for one in drawn if one.name not in past])
        browser.close()
    return taken + camera.taken


def _walk_town(browser: "Browser", camera: Camera, drawn: "list[Drawn]") -> None:
    """Past what was drawn and no demo showed."""
    from tests.drawn import Shelf

    camera.folder.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    shelf = Shelf(context.new_page(), drawn)
    for one in drawn:
        shelf.open(one)
        camera(one.title, shelf)
    context.close()


def _end(server: AbstractContextManager[str], begun: "Future[str]") -> None:
    if begun.exception() is None:
        server.__exit__(None, None, None)


def _walk(browser: "Browser", address: str, camera: Camera, *, everything: bool) -> None:
    """Past the lists of one demo, and past a case's whole life where there is `everything` to see."""
    from tools import walk, walk_office

    cast = walk.Cast(browser, address)
    walk.walk_lists(cast, camera)
    walk_office.walk_office_lists(cast, camera)
    if everything:
        print(f"  {camera.taken} pictures; what is set up …", flush=True)
        walk.walk_open(cast, camera)
        walk.walk_still(cast, camera)
        walk.walk_registry(cast, camera)
        walk_office.walk_office(cast, camera)
        walk_office.walk_administrators(cast, camera)
        print(f"  {camera.taken} pictures; a case …", flush=True)
        walk.walk_code(cast, camera)
        number, key = walk.walk_report(cast, camera)
        walk.walk_public(cast, camera, number, key)
        walk.walk_intake(cast, camera)
        walk.walk_moves(cast, camera, number)
        walk.walk_after(cast, camera, number)
        walk.walk_long(cast, camera, LONG)
    cast.close()
    print(f"  {camera.taken} pictures", flush=True)


if __name__ == "__main__":
    sys.exit(main())
