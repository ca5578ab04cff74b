"""The inbox says what a message is about, and which have moved on since; never of a case beyond reach."""

from datetime import timedelta

from django.utils.translation import gettext, override

from shequtong.accounts.testing import signed_in
from shequtong.cases.catalogue import catalogue
from shequtong.cases.testing import make_case
from shequtong.messaging.testing import make_in_app
from shequtong.testing.statements import count_statements
from shequtong.testing.town import NEXT_STREET, NOON, STREET, Town


def test_a_message_names_its_matter_and_says_that_it_moved_on(town: Town) -> None:
    case = make_case(town)
    what, link = catalogue().classes[case.case_class_id].name, f"/desk/cases/{case.number}/"
    shen = signed_in(town.accounts["shen"])
    make_in_app(town.accounts["shen"].pk, STREET, text="立案", link=link, now=case.stage_since)
    with override("zh-hans"):
        moved = gettext("Moved on · %(stage)s") % {"stage": ""}

    page = shen.get("/inbox/").content.decode()
    assert what in page
    assert moved not in page

    case.stage_since = NOON + timedelta(days=1)
    case.save(update_fields=["stage_since"])
    with count_statements() as seen:
        assert moved in shen.get("/inbox/").content.decode()
    assert seen.total <= 5, seen.listing  # session, account, the messages, their cases; the revisions once a second


def test_what_lies_in_the_next_street_is_not_named(town: Town) -> None:
    case = make_case(town)
    make_in_app(town.accounts["gao"].pk, NEXT_STREET, text="立案", link=f"/desk/cases/{case.number}/", now=NOON)
    page = signed_in(town.accounts["gao"]).get("/inbox/").content.decode()
    assert "立案" in page
    assert catalogue().classes[case.case_class_id].name not in page
