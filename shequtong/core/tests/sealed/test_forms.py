"""A form shows the mask; the mask that comes back is not taken for the value."""

import pytest
from django.forms import modelform_factory
from django.forms.renderers import DjangoTemplates

from shequtong.core.tests.sealed.models import Neighbour
from shequtong.core.tests.sealed.test_fields import PHONE, make, stored

pytestmark = pytest.mark.django_db
form_of_neighbour = modelform_factory(Neighbour, fields=("name", "phone"))


def test_a_form_shows_the_mask_and_sends_it_back_without_harm() -> None:
    made = make()
    page = str(form_of_neighbour(instance=Neighbour.objects.get(pk=made.pk), renderer=DjangoTemplates())["phone"])
    assert "138****5678" in page
    assert PHONE not in page

    form = form_of_neighbour({"name": "李四", "phone": "138****5678"}, instance=Neighbour.objects.get(pk=made.pk))
    assert form.is_valid(), form.errors
    form.save()
    found = Neighbour.objects.get(pk=made.pk)
    assert (found.name.reveal(), found.phone.reveal(), found.phone_hash) == ("李四", PHONE, made.phone_hash)


def test_a_saved_row_validates() -> None:
    made = Neighbour.objects.get(pk=make().pk)
    made.full_clean(exclude=["desk"])
    before = stored(made, "phone")
    made.save()
    assert stored(made, "phone") == before
