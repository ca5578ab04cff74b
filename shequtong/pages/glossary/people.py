"""The roles (岗位职责) as one would say them to a new colleague."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.pages.glossary.word import Group, Word, role_name

WORDS = Group(
    "people",
    pgettext_lazy("words", "Roles: who does what"),
    (
        Word(
            "post",
            _("Post"),
            _(
                "What you are for on this platform: a role at a place, for a time. All rights come from it; whoever has two chooses one in the header."
            ),
        ),
        Word("deputy", pgettext_lazy("word", "Deputy"), _("Stands in for somebody for some days, with the rights of that post.")),
        Word(
            "role-acceptor",
            role_name("acceptor"),
            _("Takes matters in, registers them or says why not, answers reporters and closes."),
        ),
        Word(
            "role-dispatcher",
            role_name("dispatcher"),
            _("Sends each registered case to the station whose duty it is, and decides requests for time."),
        ),
        Word(
            "role-inspector",
            role_name("inspector"),
            _("Goes and looks: before registering whether it is so, before closing whether it is fixed."),
        ),
        Word(
            "role-grid_worker",
            role_name("grid_worker"),
            _("Walks the grid, reports what is seen, settles small things on the spot, confirms and verifies."),
        ),
        Word(
            "role-community_worker",
            role_name("community_worker"),
            _("Takes in at the community's window, calls back, knows the buildings."),
        ),
        Word(
            "role-station_head",
            role_name("station_head"),
            _("Answers for what is dispatched to the station: accepts it, says who does it, keeps the limit."),
        ),
        Word("role-station_handler", role_name("station_handler"), _("Does the work on the spot and reports it with a photo.")),
        Word(
            "role-precinct_head",
            role_name("precinct_head"),
            _("Leads the joint office of a precinct: decides quarrels over duty, approves answers, urges."),
        ),
        Word(
            "role-subdistrict_supervisor",
            role_name("subdistrict_supervisor"),
            _("Looks over the whole subdistrict, publishes standards and flow, appoints people."),
        ),
        Word(
            "role-district_viewer",
            role_name("district_viewer"),
            _("Sees the figures and headers of the subdistricts, without personal data, and may urge."),
        ),
        Word("role-clerk", role_name("clerk"), _("Sees the headers of cases, without personal data.")),
        Word(
            "role-system_admin",
            role_name("system_admin"),
            _("Runs the platform: places, stations, calendars, accounts. Sees no case."),
        ),
        Word("role-security_admin", role_name("security_admin"), _("Gives and ends posts. Sees no case.")),
        Word("role-audit_admin", role_name("audit_admin"), _("Watches the two others by the log. Sees no case.")),
    ),
)
