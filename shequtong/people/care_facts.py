"""What is recorded of special-care groups (特殊人群登记项目): kinds of registries 2.10, kept to what a visit needs. Words, kinds and code tables alone."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.people.facts import CODE, COUNT, DATE, FLAG, PHONE, Fact

GRID, DOCTOR, POLICE, JUSTICE = "grid", "doctor", "police", "justice"
ROLES: Final = (
    (GRID, pgettext_lazy("care role", "Grid worker")),
    (DOCTOR, pgettext_lazy("care role", "Doctor")),
    (POLICE, pgettext_lazy("care role", "Police officer")),
    (JUSTICE, pgettext_lazy("care role", "Justice office")),
)
ROLE_OF: Final = dict(ROLES)


@dataclass(frozen=True)
class CareKind:
    """A kind of special care, who of its helpers visits, and its facts."""

    name: str
    label: Promise
    roles: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def all_facts(self) -> tuple[Fact, ...]:
        """Its own, the cycle of each role that visits, and remarks."""
        return (*self.facts, *(_CYCLES[role] for role in self.roles), _NOTE)


_CYCLES: Final = {
    GRID: Fact("cycle_grid", pgettext_lazy("care", "Grid worker visits every"), CODE, "care_cycle"),
    DOCTOR: Fact("cycle_doctor", pgettext_lazy("care", "Doctor visits every"), CODE, "care_cycle"),
    POLICE: Fact("cycle_police", pgettext_lazy("care", "Police visit every"), CODE, "care_cycle"),
    JUSTICE: Fact("cycle_justice", pgettext_lazy("care", "Justice office visits every"), CODE, "care_cycle"),
}
_NOTE: Final = Fact("note", pgettext_lazy("fact", "Remarks"))
_OFFENCE: Final = Fact("offence", pgettext_lazy("care", "Offence"))
_HELPER: Final = Fact("helper", pgettext_lazy("care", "Who helps"))
_GUARDIAN: Final = Fact("guardian", pgettext_lazy("fact", "Guardian"))
_GUARDIAN_PHONE: Final = Fact("guardian_phone", pgettext_lazy("care", "Phone of the guardian"), PHONE)

KINDS: Final = (
    CareKind(
        "released",
        pgettext_lazy("care", "Released from prison"),
        (GRID, POLICE, JUSTICE),
        (
            _OFFENCE,
            Fact("sentence", pgettext_lazy("care", "Sentence")),
            Fact("released_on", pgettext_lazy("care", "Released on"), DATE),
            Fact("risk", pgettext_lazy("care", "Assessed as"), CODE, "care_risk"),
            Fact("settled", pgettext_lazy("care", "Settled by"), CODE, "care_settled"),
            _HELPER,
            Fact("support_until", pgettext_lazy("care", "Support lasts until"), DATE),
            Fact("again", pgettext_lazy("care", "Offended again"), FLAG),
        ),
    ),
    CareKind(
        "correction",
        pgettext_lazy("care", "Community correction"),
        (GRID, JUSTICE),
        (
            Fact("category", pgettext_lazy("care", "Category"), CODE, "care_correction"),
            _OFFENCE,
            Fact("began_on", pgettext_lazy("care", "Correction from"), DATE),
            Fact("ends_on", pgettext_lazy("care", "Correction until"), DATE),
            Fact("group", pgettext_lazy("care", "Correction group")),
            Fact("out_of_contact", pgettext_lazy("care", "Out of supervision"), FLAG),
        ),
    ),
    CareKind(
        "mental",
        pgettext_lazy("care", "Severe mental disorder"),
        (GRID, DOCTOR, POLICE),
        (
            Fact("diagnosis", pgettext_lazy("care", "Diagnosis"), CODE, "care_diagnosis"),
            Fact("first_on", pgettext_lazy("care", "First fell ill on"), DATE),
            Fact("level", pgettext_lazy("care", "Level of risk"), CODE, "care_level"),
            Fact("incidents", pgettext_lazy("care", "Incidents"), COUNT),
            Fact("last_incident_on", pgettext_lazy("care", "Last incident on"), DATE),
            Fact("hospital", pgettext_lazy("care", "Treated at")),
            Fact("medicine", pgettext_lazy("care", "Takes the medicine regularly"), FLAG),
            _GUARDIAN,
            _GUARDIAN_PHONE,
            Fact("with_guardian", pgettext_lazy("care", "Lives with the guardian"), FLAG),
        ),
    ),
    CareKind(
        "drug",
        pgettext_lazy("care", "Drug use"),
        (GRID, DOCTOR, POLICE),
        (
            Fact("found_on", pgettext_lazy("care", "First found on"), DATE),
            Fact("control", pgettext_lazy("care", "State of control"), CODE, "care_control"),
            Fact("controller", pgettext_lazy("care", "Police officer in charge")),
            _HELPER,
            Fact("cause", pgettext_lazy("care", "Cause")),
        ),
    ),
    CareKind(
        "hiv",
        pgettext_lazy("care", "AIDS"),
        (DOCTOR,),
        (
            Fact("route", pgettext_lazy("care", "Route of infection"), CODE, "care_route"),
            Fact("attention", pgettext_lazy("care", "Kind of attention"), CODE, "care_attention"),
            Fact("hospital", pgettext_lazy("care", "Treated at")),
        ),
    ),
    CareKind(
        "youth",
        pgettext_lazy("care", "Youth at risk"),
        (GRID, JUSTICE),
        (
            Fact("kind_of_youth", pgettext_lazy("care", "Group"), CODE, "care_youth"),
            _GUARDIAN,
            _GUARDIAN_PHONE,
            Fact("schooling", pgettext_lazy("care", "School or work")),
            Fact("behaviour", pgettext_lazy("care", "What gives concern")),
            _HELPER,
        ),
    ),
    CareKind(
        "petition",
        pgettext_lazy("care", "Petition"),
        (GRID,),
        (
            Fact("last_on", pgettext_lazy("care", "Last petition on"), DATE),
            Fact("times", pgettext_lazy("care", "Times"), COUNT),
            Fact("cause", pgettext_lazy("care", "Cause")),
            Fact("demand", pgettext_lazy("care", "What is asked for")),
            Fact("in_charge", pgettext_lazy("care", "Who is in charge")),
        ),
    ),
)
KIND_OF: Final = {one.name: one for one in KINDS}
# On which law each kind rests, as the person reads it in their own record.
LAW_OF: Final = {
    "released": pgettext_lazy("care law", "Statutory duty: Prison Law, article 37"),
    "correction": pgettext_lazy("care law", "Statutory duty: Community Correction Law"),
    "mental": pgettext_lazy("care law", "Statutory duty: Mental Health Law"),
    "drug": pgettext_lazy("care law", "Statutory duty: Narcotics Control Law"),
    "hiv": pgettext_lazy("care law", "Statutory duty: Regulations on the Prevention and Control of AIDS"),
    "youth": pgettext_lazy("care law", "Statutory duty: Law on the Prevention of Juvenile Delinquency"),
    "petition": pgettext_lazy("care law", "Statutory duty: Regulations on the Work of Petitions"),
}
# What staff judge and plan is not told to the person by a screen (decision 0025): it may name who told it, or change what is watched for.
WITHHELD: Final = frozenset(
    {"risk", "level", "attention", "control", "controller", "out_of_contact", "behaviour", "again", "note", "helper", "in_charge"}
    | {fact.name for fact in _CYCLES.values()}
)
KIND_CHOICES: Final = [(one.name, one.label) for one in KINDS]
OPEN_MINUTES: Final = 15
CLOSED_WORDS: Final = gettext_lazy("Open the store first, and say why.")
