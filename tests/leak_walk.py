"""Run by test_leaks.py in a process of its own, as `manage.py shell` input would be: signs in as each of the cast and keeps every page.

python -m tests.leak_walk FOLDER
"""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.test import Client

# One of each kind of reach: whole territory, headers only, a station, another street, a resident, the level above.
WALKERS = ("head", "acceptor", "clerk", "urban", "police", "neighbour", "resident", "district")
PAGES = ("/", "/desk/", "/desk/cases/", "/desk/cases/?stage=all", "/desk/cases/new/", "/me/", "/inbox/", "/account/", "/report/")


def walk(folder: Path) -> None:
    """Every page of PAGES, and every case's desk and public page, for nobody and for each of the cast."""
    from django.conf import settings
    from django.test import Client

    from shequtong.cases.models import Case
    from shequtong.pages.demo.people import CAST

    settings.ALLOWED_HOSTS = ["testserver"]
    numbers = [case.number for case in Case.objects.order_by("id")]
    addresses = [*PAGES, *(f"/desk/cases/{number}/" for number in numbers), *(f"/r/{number}/" for number in numbers)]
    for key, phone in (("nobody", ""), *((person.key, person.phone) for person in CAST if person.key in WALKERS)):
        client = Client()
        if phone:
            sign_in(client, phone)
        for at, address in enumerate(addresses):
            (folder / f"{key}-{at}.html").write_bytes(address.encode() + b"\n" + client.get(address).content)


def sign_in(client: "Client", phone: str) -> None:
    """With the demo's password, through the page."""
    from shequtong.pages.demo.people import PASSWORD

    page = client.get("/sign-in/").content.decode()
    found = re.search(r'name="submit_key" value="([^"]+)"', page)
    assert found, "the sign-in form has no submit key"
    answer = client.post("/sign-in/password/", {"submit_key": found.group(1), "phone": phone, "password": PASSWORD})
    assert answer.status_code == 302, f"{phone[-4:]} could not sign in"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
    django.setup()
    walk(Path(sys.argv[1]))
