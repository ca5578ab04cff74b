"""`python -m tools.lighthouse` (页面体检): every resident's page through Lighthouse's phone profile, on a throw-away demo.

`--runs 3` is the number of times each is measured (the median counts), `--only PATTERN` which addresses. Lighthouse is not part of the
project (190 MB): it is found as $LIGHTHOUSE or on the path, and installed with `npm install --prefix FOLDER lighthouse@12`.
Ends with 1 when a page has less than accessibility 100, best practices 100, performance 95.
"""

import argparse
import fnmatch
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

from tools.screens import _django

if TYPE_CHECKING:  # Django must be set up before it can be imported
    from tests.browser.people import Person

BARS = {"accessibility": 100, "best-practices": 100, "performance": 95}
FOR_ANYBODY = (
    *("/", "/report/", f"/report/?q={quote('枫桥路')}", "/r/", "/me/", "/community/", "/answers/"),
    *("/privacy/", "/sign-in/", "/offline/"),
)
SIGNED_IN = ("/", "/me/", "/inbox/", "/account/")
TRIES = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> int:
    """Measure and print; 0 when every page holds its bars."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="times each page is measured (default %(default)s)")
    parser.add_argument("--only", default="*", help="addresses, as a shell pattern (default: all)")
    chosen = parser.parse_args()
    lighthouse = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not lighthouse:
        sys.stderr.write(
            "Lighthouse is missing: npm install --prefix FOLDER lighthouse@12, then LIGHTHOUSE=FOLDER/node_modules/.bin/lighthouse\n"
        )
        return 2
    held = True
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        _django(Path(folder))
        for name, address, cookie in _pages(Path(folder)):
            if fnmatch.fnmatch(name, chosen.only):
                scores = [_scores(lighthouse, address, cookie, Path(folder)) for _run in range(chosen.runs)]
                middle = {kind: median(one[kind] for one in scores) for kind in BARS}
                good = all(middle[kind] >= bar for kind, bar in BARS.items())
                held = held and good
                said = "  ".join(f"{kind} {value:.0f}" for kind, value in middle.items())
                sys.stdout.write(f"{'' if good else 'BROKEN '}{name:<32}{said}\n")
                sys.stdout.flush()
    return 0 if held else 1


def _pages(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, address and cookie of each page: what everybody opens, a report up to its number, and what a signed-in resident has."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import ARGUMENTS, CHROMIUM
    from tests.browser.server import demo_server
    from tools import walk

    path = next(found for name in CHROMIUM if (found := shutil.which(name)))
    with demo_server(folder, 10) as base, sync_playwright() as playwright:
        for address in FOR_ANYBODY:
            yield address, base + address, ""
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        cast, seen = walk.Cast(browser, base), dict[str, str]()

        def note(name: str, person: "walk.Window") -> None:
            seen[name] = person.page.url

        number, _key = walk.walk_report(cast, note)
        own = _cookie(cast["visitor"])
        for name in ("report-2-what", "report-done"):
            yield name, seen[name], own
        yield "own matter", f"{base}/r/{number}/", own
        yield "public matter", f"{base}/r/{number}/", ""
        resident = _cookie(cast["resident"])
        for address in SIGNED_IN:
            yield f"{address} (signed in)", base + address, resident
        browser.close()


def _cookie(person: "Person") -> str:
    found = person.context.cookies()
    return "; ".join(f"{one['name']}={one['value']}" for one in found)


def _scores(lighthouse: str, address: str, cookie: str, folder: Path) -> dict[str, float]:
    """One measurement: points of a hundred by category."""
    out = folder / "measured.json"
    path = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    command = [lighthouse, address, "--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={FLAGS}"]
    command += [f"--only-categories={','.join(BARS)}"]
    if cookie:
        command.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
    for left in reversed(range(TRIES)):  # Chromium loses a trace now and then, and Lighthouse asks to be run again
        done = subprocess.run(command, env={**os.environ, "CHROME_PATH": path}, check=not left, timeout=180)
        if done.returncode == 0:
            break
    categories = json.loads(out.read_text())["categories"]
    return {kind: 100 * (categories[kind]["score"] or 0) for kind in BARS}


if __name__ == "__main__":
    sys.exit(main())
