"""`manage.py city`: a small city holds what the rules, the figures and the log say, and what is opened afterwards does not collide."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from shequtong.access.actor import AccountActor
from shequtong.access.posts import posts_of
from shequtong.accounts.models import Account
from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry, Seal
from shequtong.cases.grams import grams_of
from shequtong.cases.models import Case, CaseGram, Reporter, Step
from shequtong.cases.usecases import NewCase, open_case, register_case
from shequtong.cases.workflow import MOVES, OPEN_STAGES
from shequtong.core.models import Subdistrict
from shequtong.pages.city.sizes import sizes
from shequtong.territory.models import Building
from shequtong.testing.town import MORNING

CASES, STREETS = 600, 3


@pytest.fixture
def said() -> str:
    out = io.StringIO()
    call_command("city", cases=CASES, subdistricts=STREETS, seed=7, stdout=out)
    return out.getvalue()


def test_a_million_is_spread_by_zipf() -> None:
    found = sizes(1_000_000, 100)
    assert sum(size.cases for size in found) == 1_000_000
    assert 195_000 < found[0].cases < 205_000
    assert found[9].cases / found[0].cases == pytest.approx(1 / 10, rel=0.1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # numbers are taken by a connection of their own
def test_a_small_city_is_whole(said: str) -> None:
    _is_the_size_that_was_asked()
    _steps_lead_to_where_cases_stand()
    _figures_and_log_are_proved()
    _printed_accounts_open_their_queue(said)
    _what_comes_afterwards_has_numbers_of_its_own()
    with pytest.raises(CommandError):
        call_command("city", cases=CASES, subdistricts=STREETS)


def _is_the_size_that_was_asked() -> None:
    streets = Subdistrict.objects.filter(kind="subdistrict")
    by_street = Counter(Case.objects.values_list("subdistrict_id", flat=True))
    assert (streets.count(), by_street.total()) == (STREETS, CASES)
    assert 0 < Case.objects.filter(stage__in=OPEN_STAGES).count() < CASES * 0.06
    assert Step.objects.count() >= 5 * CASES
    assert Entry.objects.filter(object_kind="cases.Case").count() >= 5 * CASES
    assert len({case.reported_at.year for case in Case.objects.only("reported_at", "subdistrict")}) >= 3


def _steps_lead_to_where_cases_stand() -> None:
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.order_by("subdistrict", "case", "number"):
        steps.setdefault(step.case_id, []).append(step)
    for case in Case.objects.all():
        stage, station, at = "", None, case.reported_at
        for number, step in enumerate(steps[case.pk], start=1):
            assert (step.number, step.from_stage) == (number, stage)
            assert step.at >= at
            stage, at = step.to_stage, step.at
            station = station if MOVES[step.move].aside else step.station_id
        assert (case.stage, case.lead_station_id, case.step_count) == (stage, station, len(steps[case.pk]))
        assert Entry.objects.filter(subdistrict=case.subdistrict_id, object_kind="cases.Case", object_id=case.pk).count() == len(
            steps[case.pk]
        )
        if station is not None:
            assert case.lead_station is not None
            assert case.lead_station.subdistrict_id == case.subdistrict_id
    last = Case.objects.filter(subdistrict=case.subdistrict_id).latest("id")
    found = CaseGram.objects.filter(subdistrict=last.subdistrict_id, case=last.pk).values_list("gram", flat=True)
    assert set(found) == grams_of(last.text, last.title, last.address)
    reporter = Reporter.objects.exclude(phone="").last()
    assert reporter is not None
    assert reporter.phone.reveal().startswith("199")


def _figures_and_log_are_proved() -> None:
    call_command("figures_verify", stdout=io.StringIO())
    out = io.StringIO()
    call_command("audit_verify", stdout=out)
    assert Seal.objects.count() >= STREETS


def _printed_accounts_open_their_queue(said: str) -> None:
    phones = [line.split()[0] for line in said.splitlines() if line.startswith("  1999")]
    password = said.partition("the password ")[2].split()[0]
    assert len(phones) == 7
    for phone in phones[1:]:
        account = Account.objects.with_phone(phone)
        assert account is not None
        assert account.check_password(password)
        page = signed_in(account).get("/desk/cases/?open=all")
        assert page.status_code == 200
        case = Case.objects.filter(subdistrict=posts_of(account.pk, MORNING.date())[0].subdistrict, lead_station=None).last()
        assert case is None or signed_in(account).get(f"/desk/cases/{case.number}/").status_code in (200, 404)


def _what_comes_afterwards_has_numbers_of_its_own() -> None:
    ids = set(Step.objects.values_list("id", flat=True)) | set(Case.objects.values_list("id", flat=True))
    for street in Subdistrict.objects.filter(kind="subdistrict"):
        building = Building.objects.filter(subdistrict=street).first()
        assert building is not None
        numbers = {case.number for case in Case.objects.filter(subdistrict=street)}
        head = next(
            account
            for account in Account.objects.all()
            if any(
                post.role.code == "acceptor" and building.grid_path.startswith(post.path)
                for post in posts_of(account.pk, MORNING.date())
            )
        )
        posts = posts_of(head.pk, MORNING.date())
        by = AccountActor(account_id=head.pk, name=str(head), in_use=posts[0], posts=posts)
        now = Case.objects.filter(subdistrict=street).latest("reported_at").reported_at
        new = NewCase(class_code="P0101", text="楼道灯坏了三天。", channel="phone", building_id=building.pk)
        case = open_case(new=new, by=by, now=now)
        assert case.number not in numbers
        assert case.pk not in ids
        assert not ids & set(case.steps.values_list("id", flat=True))
        if case.stage == "intake":
            register_case(number=case.number, by=by, now=now)
