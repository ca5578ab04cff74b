"""A walk past an office's own pages (办公室走查): lists beside the queue, what is set up there, and the three administrators' pages."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tools.walk import Cast, Look

# Who, where, and the name of the page. Lists: be there any rows or none.
LISTS = (
    ("acceptor", "/desk/screening/", "screening"),
    ("acceptor", "/desk/hotline/", "hotline"),
    ("community", "/desk/call-backs/", "call-backs"),
    ("head", "/desk/answers/", "answers-desk"),
    ("head", "/desk/hot/", "hot-issues"),
    ("head", "/desk/roots/", "roots"),
    ("head", "/desk/blocked/", "blocked"),
    ("acceptor", "/desk/phrases/", "phrases"),
    ("dispatcher", "/desk/tasks/", "tasks"),
    ("dispatcher", "/desk/duty/", "duty"),
    ("urban", "/desk/duty/", "duty-own"),
    ("urban", "/desk/cases/daily_sheet/", "daily-sheet"),
    ("supervisor", "/desk/clock-runs/", "clock-runs"),
    ("supervisor", "/board/day/?what=received&day={today}", "board-received"),
    ("supervisor", "/board/day/?what=closed&day={today}", "board-closed"),
    ("supervisor", "/board/?rows=all", "board-all"),
    ("supervisor", "/inbox/?show=all", "inbox-all"),
)
BULKS = (
    ("urban", "accept", "dispatched"),
    ("dispatcher", "dispatch", "registered"),
    ("acceptor", "close", "closing"),
    ("head", "urge", "handling"),
)
STILL = (
    ("grid", "/desk/cases/self_handle/", "self-handle"),
    ("acceptor", "/desk/hotline/import/", "hotline-import"),
    ("supervisor", "/desk/calendars/", "calendars"),
    ("supervisor", "/desk/calendars/units/", "calendar-units"),
    ("supervisor", "/desk/standards/", "standards"),
    ("supervisor", "/desk/standards/stages/", "stage-limits"),
    ("supervisor", "/desk/standards/new/", "standard-new"),
    ("supervisor", "/desk/standards/import/", "standards-import"),
    ("supervisor", "/desk/flow/", "flow"),
    ("supervisor", "/desk/flow/edit/", "flow-edit"),
    ("supervisor", "/desk/flow/text/", "flow-text"),
    ("clerk", "/desk/flow/", "flow-clerk"),
    ("dispatcher", "/desk/flow/trial/", "flow-trial"),
    ("visitor", "/r/lost/", "lost-key"),
    ("resident", "/r/lost/", "lost-key-found"),
)
# From a list by the first link that its address matches.
BEHIND = (
    ("supervisor", "/desk/calendars/", "main a[href*='/calendars/'][href$='/']:not([href$='units/'])", "calendar"),
    ("supervisor", "/desk/calendars/units/", "main a[href*='/calendars/units/']:not([href$='units/'])", "calendar-unit"),
    ("supervisor", "/desk/standards/", "main a[href*='/standards/class/']", "standard"),
    (
        "supervisor",
        "/desk/flow/",
        "main a[href^='/desk/flow/']:not([href$='edit/']):not([href$='text/']):not([href$='trial/'])",
        "flow-version",
    ),
)
ADMINISTRATORS = (
    ("sysadmin", "/desk/administration/", "administration-system"),
    ("sysadmin", "/desk/people/accounts/", "accounts"),
    ("sysadmin", "/desk/people/accounts/?posts=none", "accounts-without-post"),
    ("sysadmin", "/desk/people/accounts/new/", "account-new"),
    ("sysadmin", "/desk/stations/", "stations-system"),
    ("sysadmin", "/desk/units/", "units-system"),
    ("secadmin", "/desk/administration/", "administration-security"),
    ("secadmin", "/desk/people/new/", "person-new-security"),
    ("auditadmin", "/desk/administration/", "administration-audit"),
    ("auditadmin", "/desk/log/", "log"),
    ("auditadmin", "/desk/log/?of=security", "log-security"),
    ("auditadmin", "/desk/log/?who=没有这个人", "log-nothing"),
)


def walk_office_lists(cast: Cast, look: Look) -> None:
    """Lists that fill with cases; and what would be done to many of them, of those that are there."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    for who, path, name in LISTS:
        cast[who].page.goto(path.format(today=today))
        look(name, cast[who])
    for who, verb, stage in BULKS:
        page = cast[who].page
        page.goto(f"/desk/cases/?stage={stage}")
        rows = page.locator("tr[id^='case-']").evaluate_all("rows => rows.slice(0, 8).map(row => 'case=' + row.id.slice(5))")
        page.goto(f"/desk/cases/bulk/{verb}/?{'&'.join(rows)}")
        look(f"bulk-{verb}-many", cast[who])


def walk_office(cast: Cast, look: Look) -> None:
    """What is set up in a street."""
    for who, path, name in STILL:
        cast[who].page.goto(path)
        look(name, cast[who])
    for who, path, link, name in BEHIND:
        page = cast[who].page
        page.goto(path)
        if page.locator(link).count():
            page.goto(page.locator(link).first.get_attribute("href") or "")
            look(name, cast[who])
    page = cast["supervisor"].page
    page.goto("/desk/standards/")
    at = page.locator("main a[href*='/standards/class/']").first.get_attribute("href") or ""
    for end in ("edit/", "compare/"):
        page.goto(at + end)
        look(f"standard-{end.strip('/')}", cast["supervisor"])


def walk_administrators(cast: Cast, look: Look) -> None:
    """The three of them, each signed in with the code of an app."""
    for who, path, name in ADMINISTRATORS:
        cast[who].page.goto(path)
        look(name, cast[who])
    page = cast["sysadmin"].page
    for path, link, ends in (
        ("/desk/stations/", "main a[href^='/desk/stations/']:not([href*='new']):not([href*='offices'])", ("change/", "end/")),
        ("/desk/units/", "tbody a[href^='/desk/units/']", ("import/",)),
        ("/desk/calendars/", "main a[href*='/calendars/'][href$='/']:not([href$='units/'])", ("notice/", "days/", "hours/")),
    ):
        page.goto(path)
        at = page.locator(link).first.get_attribute("href") or ""
        for end in ends:
            page.goto(at + end)
            look(f"{path.strip('/').rpartition('/')[2]}-{end.strip('/')}", cast["sysadmin"])
