"""At once (同时): of two who move one case in the same moment one wins; a form sent many times at once opens one case."""

import pytest
from django.test import RequestFactory

from shequtong.access.testing import make_anonymous
from shequtong.cases import usecases
from shequtong.cases.counting import IN_STAGE
from shequtong.cases.models import Case, Party, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewCase, NewReporter, open_case
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.core.submissions import FIELD, new_submit_key, once
from shequtong.figures.read import counts
from shequtong.testing.at_once import at_once
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_dispatches_one_wins_and_the_other_is_told_why(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    lin, chen = town.lin, town.chen

    found = at_once(
        lambda: usecases.dispatch_case(number=case.number, to=town.police.pk, by=lin, now=MORNING),
        lambda: usecases.dispatch_case(number=case.number, to=town.urban.pk, by=chen, now=MORNING),
    )

    assert len([one for one in found if isinstance(one, CannotMove)]) == 1
    won = next(one for one in found if isinstance(one, Case))
    case.refresh_from_db()
    assert (case.stage, case.lead_station_id, case.step_count) == (Stage.DISPATCHED, won.lead_station_id, 3)
    assert list(Step.objects.filter(case=case).order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert Party.objects.get(case=case).station_id == won.lead_station_id
    assert {stage: n for (stage,), n in counts(STREET, IN_STAGE, by=("stage",)).items() if n} == {"dispatched": 1}


def test_a_form_sent_four_times_at_once_opens_one_case(town: Town) -> None:
    requests = RequestFactory()
    key, nobody = new_submit_key(requests.get("/report/send/")), make_anonymous()
    told = NewCase("L01", "楼道灯坏了三天，晚上很黑。", "resident", building_id=town.building.pk, reporter=NewReporter())

    def send() -> object:
        def perform() -> str:
            return f"/report/done/{open_case(new=told, by=nobody, now=MORNING).number}/"

        return once(requests.post("/report/send/", {FIELD: key}), perform, place=STREET).headers["Location"]

    answers = at_once(send, send, send, send)

    assert set(answers) == {f"/report/done/{Case.objects.get().number}/"}
