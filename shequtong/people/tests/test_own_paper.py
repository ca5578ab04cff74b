"""A copy of one's own record on paper: in clear after the document is named, logged, kept nowhere; what is hostile stays words."""

from io import BytesIO

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from shequtong.audit.models import SecurityEvent
from shequtong.files.models import Blob
from shequtong.people.tests.test_care import OFFENCE, opened_for
from shequtong.people.tests.test_own_care import JUDGED, kept
from shequtong.people.tests.test_own_record import NUMBER, TAIL, linked
from shequtong.people.tests.test_registry import post, signed_in
from shequtong.people.usecases import change_person, reveal_fact
from shequtong.tasks.models import Task
from shequtong.testing.town import Town

SHOW = reverse("people:own-show")
HOSTILE = "#panic() $x$ *粗* `raw` <script>"


def words_of(answer: HttpResponse) -> str:
    """The text of all pages, without the gaps of the layout."""
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_all_of_it_is_printed_once_the_document_is_named(town: Town) -> None:
    person, client = linked(town, workplace=HOSTILE)
    reveal_fact(person=person, set_name="", fact="phone", reason="电话通知体检", by=town.hu, now=timezone.now())
    told = {"register_address": "枫桥路12号"}
    change_person(person_id=person.pk, changes=told, source="visit", by=town.hu, now=timezone.now())
    answer = post(client, SHOW, tail=TAIL, how="paper")
    assert answer["Content-Disposition"].endswith('.pdf"')
    assert answer["Cache-Control"].startswith("no-store")
    said = words_of(answer)
    expected = (
        "个人信息副本",
        "秦守仁",
        NUMBER,
        person.phone.reveal(),
        "个人信息保护法",
        "房屋与家庭户",
        "电话通知体检",
        "第四十五条",
        "3年",
    )
    for one in (*expected, "".join(HOSTILE.split())):
        assert one in said, one
    assert "胡敏" not in said  # who looked is told by post
    assert SecurityEvent.objects.filter(kind="revealed").order_by("id").values_list("what", flat=True)[1] == "people.own.printed"


def test_without_the_document_there_is_no_paper_and_it_lies_nowhere(town: Town) -> None:
    _person, client = linked(town)
    refused = post(client, SHOW, tail="111111", how="paper")
    assert (refused.status_code, refused["Content-Type"].split(";")[0]) == (422, "text/html")
    assert words_of(post(client, SHOW, tail=TAIL, how="paper"))
    assert not Blob.objects.exists()
    assert not Task.objects.exists()
    assert signed_in(town, "gao").get(SHOW).status_code == 404


def test_a_restricted_record_is_in_it_without_what_staff_judge(town: Town) -> None:
    person, client = linked(town)
    record = kept(town, person)
    opened_for(town).get(reverse("people:desk-care-record", args=[record.pk]))
    said = words_of(post(client, SHOW, tail=TAIL, how="paper"))
    for one in ("刑满释放", "监狱法", OFFENCE, "季度走访前了解情况", "第三十五条"):
        assert one in said, one
    assert JUDGED not in said
