"""What is recorded (登记项目): every fact of a person and of the sets, its words, kind, code table and mask. Pages, imports and exports read this list.

`set_name` "" is the person. `basis` names the purpose under which it is held (`bases.py`).
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.people.models import (
    Disability,
    Elderly,
    Employment,
    FamilySupport,
    Hardship,
    LeftBehind,
    Migrant,
    PartyMember,
    SetRow,
)

TEXT, NAME, ID, PHONE, CODE, DATE, FLAG, COUNT, MONEY = "text", "name", "id", "phone", "code", "date", "flag", "count", "money"


@dataclass(frozen=True)
class Fact:
    """One fact: a column of `Person` or of a set's model. `sealed`: ciphertext at rest, a mask on pages."""

    name: str
    label: str | Promise
    kind: str = TEXT
    table: str = ""
    sealed: bool = False


PERSON: Final = (
    Fact("name", pgettext_lazy("fact", "Name of the person"), NAME, sealed=True),
    Fact("former_name", pgettext_lazy("fact", "Former name"), NAME, sealed=True),
    Fact("reading", pgettext_lazy("fact", "Pinyin"), sealed=True),
    Fact("sex", pgettext_lazy("fact", "Sex"), CODE, "sex"),
    Fact("born_on", pgettext_lazy("fact", "Born on"), DATE),
    Fact("id_kind", pgettext_lazy("fact", "Kind of document"), CODE, "id_kind"),
    Fact("id_number", pgettext_lazy("fact", "Document number"), ID, sealed=True),
    Fact("id_until", pgettext_lazy("fact", "Document valid until"), DATE),
    Fact("nationality", pgettext_lazy("fact", "Nationality")),
    Fact("ethnicity", pgettext_lazy("fact", "Ethnicity"), CODE, "ethnicity"),
    Fact("native_place", pgettext_lazy("fact", "Native place")),
    Fact("marital", pgettext_lazy("fact", "Marital status"), CODE, "marital"),
    Fact("political", pgettext_lazy("fact", "Political affiliation"), CODE, "political"),
    Fact("schooling", pgettext_lazy("fact", "Schooling"), CODE, "schooling"),
    Fact("military", pgettext_lazy("fact", "Military service"), CODE, "military"),
    Fact("occupation", pgettext_lazy("fact", "Occupation")),
    Fact("workplace", pgettext_lazy("fact", "Workplace"), sealed=True),
    Fact("phone", pgettext_lazy("fact", "Mobile phone"), PHONE, sealed=True),
    Fact("other_phone", pgettext_lazy("fact", "Other phone"), PHONE, sealed=True),
    Fact("email", pgettext_lazy("fact", "E-mail"), sealed=True),
    Fact("insured", pgettext_lazy("fact", "Health insurance"), CODE, "insured"),
    Fact("population", pgettext_lazy("fact", "Kind of population"), CODE, "population"),
    Fact("register_state", pgettext_lazy("fact", "Register and residence"), CODE, "register_state"),
    Fact("register_kind", pgettext_lazy("fact", "Kind of register"), CODE, "register_kind"),
    Fact("register_number", pgettext_lazy("fact", "Household number"), sealed=True),
    Fact("register_address", pgettext_lazy("fact", "Registered address"), sealed=True),
    Fact("emergency_name", pgettext_lazy("fact", "Emergency contact"), NAME, sealed=True),
    Fact("emergency_phone", pgettext_lazy("fact", "Phone of the emergency contact"), PHONE, sealed=True),
    Fact("guardian", pgettext_lazy("fact", "Guardian"), NAME, sealed=True),
    Fact("skills", pgettext_lazy("fact", "Skills and interests")),
    Fact("remarks", pgettext_lazy("fact", "Remarks"), sealed=True),
)


@dataclass(frozen=True)
class SetKind:
    """A set: its model, its words and its facts. Its name is also the mark that lists filter by."""

    name: str
    label: str | Promise
    model: type[SetRow]
    facts: tuple[Fact, ...]


_NOTE: Final = Fact("note", pgettext_lazy("fact", "Remarks"), sealed=True)
SETS: Final = (
    SetKind(
        "migrant",
        pgettext_lazy("set", "Registered elsewhere or from abroad"),
        Migrant,
        (
            Fact("reason", pgettext_lazy("fact", "Came for"), CODE, "migrant_reason"),
            Fact("permit_kind", pgettext_lazy("fact", "Kind of permit"), CODE, "permit_kind"),
            Fact("permit_number", pgettext_lazy("fact", "Permit number"), sealed=True),
            Fact("permit_until", pgettext_lazy("fact", "Permit valid until"), DATE),
            Fact("came_on", pgettext_lazy("fact", "Came on"), DATE),
            Fact("leaves_on", pgettext_lazy("fact", "Expects to leave on"), DATE),
            Fact("dwelling", pgettext_lazy("fact", "Kind of dwelling"), CODE, "migrant_dwelling"),
            Fact("origin", pgettext_lazy("fact", "Comes from")),
            _NOTE,
        ),
    ),
    SetKind(
        "left_behind",
        pgettext_lazy("set", "Left behind"),
        LeftBehind,
        (
            Fact("kind", pgettext_lazy("fact", "Kind"), CODE, "left_behind"),
            Fact("relative_name", pgettext_lazy("fact", "Relative"), NAME, sealed=True),
            Fact("relative_phone", pgettext_lazy("fact", "Phone of the relative"), PHONE, sealed=True),
            Fact("relative_relation", pgettext_lazy("fact", "Relation of the relative"), CODE, "relation"),
            Fact("relative_place", pgettext_lazy("fact", "Place of the relative")),
            Fact("needs", pgettext_lazy("fact", "Needs"), sealed=True),
            Fact("help_given", pgettext_lazy("fact", "Help given"), sealed=True),
            _NOTE,
        ),
    ),
    SetKind(
        "elderly",
        pgettext_lazy("set", "Elderly"),
        Elderly,
        (
            Fact("card_number", pgettext_lazy("fact", "Senior card"), sealed=True),
            Fact("living", pgettext_lazy("fact", "Lives"), CODE, "elder_living"),
            Fact("ability", pgettext_lazy("fact", "Ability"), CODE, "elder_ability"),
            Fact("income", pgettext_lazy("fact", "Lives on"), CODE, "elder_income"),
            Fact("allowance", pgettext_lazy("fact", "Allowance"), CODE, "allowance"),
            Fact("health", pgettext_lazy("fact", "Health"), sealed=True),
            _NOTE,
        ),
    ),
    SetKind(
        "disability",
        pgettext_lazy("set", "Disability"),
        Disability,
        (
            Fact("certificate", pgettext_lazy("fact", "Disability certificate"), sealed=True),
            Fact("kind", pgettext_lazy("fact", "Kind of disability"), CODE, "disability_kind"),
            Fact("kinds", pgettext_lazy("fact", "Kinds of multiple disability")),
            Fact("grade", pgettext_lazy("fact", "Grade of disability"), CODE, "disability_grade"),
            Fact("cause", pgettext_lazy("fact", "Cause of disability"), sealed=True),
            Fact("allowance", pgettext_lazy("fact", "Allowance"), CODE, "allowance"),
            _NOTE,
        ),
    ),
    SetKind(
        "hardship",
        pgettext_lazy("set", "Hardship"),
        Hardship,
        (
            Fact("kind", pgettext_lazy("fact", "Kind of aid"), CODE, "hardship_kind"),
            Fact("certificate", pgettext_lazy("fact", "Aid certificate"), sealed=True),
            Fact("persons", pgettext_lazy("fact", "Persons covered"), COUNT),
            Fact("amount", pgettext_lazy("fact", "Amount a month"), MONEY),
            Fact("cause", pgettext_lazy("fact", "Cause of hardship"), CODE, "hardship_cause"),
            Fact("since_month", pgettext_lazy("fact", "Receives aid since"), DATE),
            _NOTE,
        ),
    ),
    SetKind(
        "family",
        pgettext_lazy("set", "Family support"),
        FamilySupport,
        (
            Fact("birth_registered_on", pgettext_lazy("fact", "Birth registered on"), DATE),
            Fact("children", pgettext_lazy("fact", "Children"), COUNT),
            Fact("allowance", pgettext_lazy("fact", "Allowance"), CODE, "allowance"),
            Fact("childcare", pgettext_lazy("fact", "Childcare"), CODE, "childcare"),
            Fact("only_child", pgettext_lazy("fact", "Only-child family"), FLAG),
            _NOTE,
        ),
    ),
    SetKind(
        "employment",
        pgettext_lazy("set", "Employment"),
        Employment,
        (
            Fact("state", pgettext_lazy("fact", "Work"), CODE, "employment"),
            Fact("card_number", pgettext_lazy("fact", "Employment card"), sealed=True),
            Fact("out_since", pgettext_lazy("fact", "Without work since"), DATE),
            Fact("cause", pgettext_lazy("fact", "Cause of unemployment"), CODE, "employment_cause"),
            Fact("aid", pgettext_lazy("fact", "Kind of support"), CODE, "employment_aid"),
            Fact("wants", pgettext_lazy("fact", "Work wanted")),
            Fact("certificates", pgettext_lazy("fact", "Vocational certificates")),
            _NOTE,
        ),
    ),
    SetKind(
        "party",
        pgettext_lazy("set", "Party member"),
        PartyMember,
        (
            Fact("kind", pgettext_lazy("fact", "Kind of member"), CODE, "party_kind"),
            Fact("joined_on", pgettext_lazy("fact", "Joined on"), DATE),
            Fact("branch", pgettext_lazy("fact", "Branch")),
            Fact("office", pgettext_lazy("fact", "Office in the branch")),
            Fact("state", pgettext_lazy("fact", "State of membership"), CODE, "party_state"),
            Fact("moved_in_on", pgettext_lazy("fact", "Membership moved in on"), DATE),
            Fact("floating", pgettext_lazy("fact", "Floating member"), FLAG),
            Fact("out_of_touch_since", pgettext_lazy("fact", "Out of touch since"), DATE),
            _NOTE,
        ),
    ),
)
SET_OF: Final = {one.name: one for one in SETS}
FACT_OF: Final = {"": {one.name: one for one in PERSON}, **{one.name: {fact.name: fact for fact in one.facts} for one in SETS}}
MARKS: Final = (
    *((one.name, one.label) for one in SETS),
    ("alone", pgettext_lazy("mark", "Lives alone")),
    ("care", pgettext_lazy("mark", "Needs care")),
)
GROUPS: Final = (
    (gettext_lazy("Person"), ("name", "former_name", "reading", "sex", "born_on", "ethnicity", "nationality", "native_place")),
    (gettext_lazy("Document"), ("id_kind", "id_number", "id_until")),
    (gettext_lazy("Contact"), ("phone", "other_phone", "email", "emergency_name", "emergency_phone", "guardian")),
    (
        gettext_lazy("Register"),
        ("population", "register_state", "register_kind", "register_number", "register_address"),
    ),
    (
        gettext_lazy("Life"),
        ("marital", "political", "schooling", "military", "occupation", "workplace", "insured", "skills", "remarks"),
    ),
)
