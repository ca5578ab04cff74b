"""What somebody told is found from their page after a reason, by their sealed telephone; never for who may not see callers."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import SecurityEvent
from shequtong.cases.models import Reporter
from shequtong.cases.testing import make_case
from shequtong.core.submissions import new_submit_key
from shequtong.people.testing import make_person, make_room
from shequtong.testing.town import Town

PHONE = "16100000007"


def test_found_after_a_reason_and_noted(town: Town) -> None:
    case = make_case(town)
    case.reporter = Reporter.objects.create(subdistrict_id=case.subdistrict_id, phone=PHONE)
    case.save(update_fields=["reporter"])
    person = make_person(make_room(town.building), phone=PHONE, now=timezone.now())
    client, url = Client(), reverse("pages:registry-cases", args=[person.pk])
    client.force_login(town.accounts["hu"])

    page = client.get(url)
    assert case.number not in page.content.decode()
    told = {"submit_key": new_submit_key(page.wsgi_request), "reason": "来电咨询进度"}
    answer = client.post(url, told)
    assert case.number in answer.content.decode()
    assert PHONE not in answer.content.decode()
    assert SecurityEvent.objects.get(kind="revealed").reason == "来电咨询进度"
    assert case.number in client.post(url, told).content.decode(), "a second press shows the same"
    assert SecurityEvent.objects.filter(kind="revealed").count() == 1

    client.force_login(town.accounts["he"])  # keeps the registry of the grid, and sees no callers
    assert client.get(reverse("pages:registry-person", args=[person.pk])).status_code == 200
    assert client.get(url).status_code == 404
