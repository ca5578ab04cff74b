"""Why each group of facts is held (处理目的与合法性基础): purpose, legal basis, whether consent carries it (个人信息保护法 13, 17, 28-30, 47). Pure.

The platform's own table; a place has it read by whoever answers for its law before it is shown to residents.
A name here is a fact of the person or set.fact; what no line names falls to its set, or to "life".
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Basis:
    """A group of facts. `consent`: the person's consent is the only basis, so that withdrawing it empties them. `sensitive`: PIPL 28."""

    group: str
    label: str | Promise
    purpose: str | Promise
    law: str | Promise
    facts: tuple[str, ...] = ()
    set_name: str = ""
    consent: bool = False
    sensitive: bool = False


_DUTY: Final = pgettext_lazy("basis", "Statutory duty: Personal Information Protection Law, article 13(1)(3) and 34")
_CONSENT: Final = pgettext_lazy("basis", "Your consent: Personal Information Protection Law, article 13(1)(1) and 15")

BASES: Final = (
    Basis(
        "identity",
        pgettext_lazy("basis", "Who you are"),
        pgettext_lazy("basis", "To tell people of the same name apart, so that services and help reach the right person"),
        _DUTY,
        (
            *("name", "former_name", "reading", "sex", "born_on", "ethnicity", "nationality", "native_place"),
            *("id_kind", "id_number", "id_until"),
        ),
        sensitive=True,
    ),
    Basis(
        "contact",
        pgettext_lazy("basis", "How you are reached"),
        pgettext_lazy("basis", "To reach you, or those you named, in emergencies and about services"),
        _DUTY,
        ("phone", "other_phone", "emergency_name", "emergency_phone", "guardian"),
    ),
    Basis(
        "register",
        pgettext_lazy("basis", "Household register"),
        pgettext_lazy("basis", "To know who lives here and which office answers for them"),
        _DUTY,
        ("population", "register_state", "register_kind", "register_number", "register_address"),
    ),
    Basis(
        "life",
        pgettext_lazy("basis", "Life and work"),
        pgettext_lazy("basis", "To plan public services for those who live here"),
        _DUTY,
        ("marital", "political", "schooling", "military", "occupation", "workplace", "insured", "remarks"),
    ),
    Basis(
        "email",
        pgettext_lazy("basis", "E-mail address"),
        pgettext_lazy("basis", "To send you notices by e-mail"),
        _CONSENT,
        ("email",),
        consent=True,
    ),
    Basis(
        "skills",
        pgettext_lazy("basis", "Skills and interests"),
        pgettext_lazy("basis", "To invite you to volunteering and activities"),
        _CONSENT,
        ("skills",),
        consent=True,
    ),
    Basis(
        "job_wish",
        pgettext_lazy("basis", "Work wanted and vocational certificates"),
        pgettext_lazy("basis", "To tell you of vacancies that fit"),
        _CONSENT,
        ("employment.wants", "employment.certificates"),
        consent=True,
    ),
    Basis(
        "migrant",
        pgettext_lazy("basis", "Registered elsewhere or from abroad"),
        pgettext_lazy("basis", "Residence permits and the services that come with them"),
        pgettext_lazy("basis", "Statutory duty: Provisional Regulations on Residence Permits"),
        set_name="migrant",
    ),
    Basis(
        "left_behind",
        pgettext_lazy("basis", "Left behind"),
        pgettext_lazy("basis", "Visits and help for children and elderly people whose family works elsewhere"),
        pgettext_lazy("basis", "Statutory duty: Law on the Protection of Minors, Law on the Rights of the Elderly"),
        set_name="left_behind",
        sensitive=True,
    ),
    Basis(
        "elderly",
        pgettext_lazy("basis", "Elderly"),
        pgettext_lazy("basis", "Allowances, visits and care for elderly people"),
        pgettext_lazy("basis", "Statutory duty: Law on the Rights of the Elderly"),
        set_name="elderly",
        sensitive=True,
    ),
    Basis(
        "disability",
        pgettext_lazy("basis", "Disability"),
        pgettext_lazy("basis", "Allowances and services for people with disabilities"),
        pgettext_lazy("basis", "Statutory duty: Law on the Protection of Persons with Disabilities"),
        set_name="disability",
        sensitive=True,
    ),
    Basis(
        "hardship",
        pgettext_lazy("basis", "Hardship"),
        pgettext_lazy("basis", "Social assistance"),
        pgettext_lazy("basis", "Statutory duty: Interim Measures for Social Assistance"),
        set_name="hardship",
        sensitive=True,
    ),
    Basis(
        "family",
        pgettext_lazy("basis", "Family support"),
        pgettext_lazy("basis", "Birth registration, allowances and childcare"),
        pgettext_lazy("basis", "Statutory duty: Population and Family Planning Law"),
        set_name="family",
    ),
    Basis(
        "employment",
        pgettext_lazy("basis", "Employment"),
        pgettext_lazy("basis", "Help for those who look for work"),
        pgettext_lazy("basis", "Statutory duty: Employment Promotion Law"),
        set_name="employment",
    ),
    Basis(
        "party",
        pgettext_lazy("basis", "Party member"),
        pgettext_lazy("basis", "Life of the Party branch"),
        pgettext_lazy("basis", "Regulations on the education and management of Party members, and the duties of the branch"),
        set_name="party",
    ),
)
BASIS_OF: Final = {one.group: one for one in BASES}
_BY_FACT: Final = {fact: one for one in BASES for fact in one.facts}
_BY_SET: Final = {one.set_name: one for one in BASES if one.set_name}
CONSENT_GROUPS: Final = tuple(one for one in BASES if one.consent)


def basis_of(set_name: str, fact: str) -> Basis:
    """The group a fact belongs to."""
    named = _BY_FACT.get(f"{set_name}.{fact}" if set_name else fact)
    return named or _BY_SET.get(set_name) or BASIS_OF["life"]
