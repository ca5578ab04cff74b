"""Sealed columns: ciphertext at rest, a mask wherever Python shows a value by itself, the text only by reveal()."""

import copy
import json
import pickle

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.template import Context, Template

from shequtong.core.phones import normalise_phone
from shequtong.core.sealed import MaskedValue, Sealed, SealedTextField, SealError, hashes_of
from shequtong.core.sealed.ciphers import key_id_of
from shequtong.core.tests.sealed.models import Desk, Neighbour, registry

PHONE, NAME, ID_NUMBER = "13812345678", "张三丰", "320505199001011234"
pytestmark = pytest.mark.django_db


def make(**fields: object) -> Neighbour:
    neighbour = Neighbour(**{"name": NAME, "phone": PHONE, "id_number": ID_NUMBER, **fields})
    neighbour.save()
    return neighbour


def stored(neighbour: models.Model, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {neighbour._meta.db_table} WHERE id = %s", [neighbour.pk])
        return str(cursor.fetchone()[0])


def test_the_row_holds_a_token_and_the_attribute_a_mask() -> None:
    found = Neighbour.objects.get(pk=make().pk)

    assert stored(found, "phone").startswith("1.k1-")
    assert PHONE not in stored(found, "phone")
    assert (str(found.phone), str(found.name), str(found.id_number)) == ("138****5678", "张*", "3205**********1234")
    assert (found.phone.reveal(), found.name.reveal()) == (PHONE, NAME)
    assert found.phone.matches(PHONE)
    assert not found.phone.matches("13812345679")


def test_no_way_of_showing_gives_the_text() -> None:
    made = make()
    for phone in (made.phone, Neighbour.objects.get(pk=made.pk).phone, Neighbour(phone=PHONE).phone):
        shown = [
            str(phone), repr(phone), f"{phone}", f"{phone:>20}", f"{phone!r}", repr({"phone": phone}), repr([phone]),
            json.dumps({"phone": phone}, cls=DjangoJSONEncoder), Template("{{ p }} {{ p|default:'—' }} {{ p|upper }}").render(Context({"p": phone})),
        ]  # fmt: skip
        assert all("138****5678" in text and PHONE not in text for text in shown)
        with pytest.raises(TypeError):
            json.dumps({"phone": phone})


def test_empty_stays_empty_and_null_stays_null() -> None:
    made = make(phone="", id_number=None)
    found = Neighbour.objects.get(pk=made.pk)

    assert stored(found, "phone") == ""
    assert not found.phone
    assert (str(found.phone), found.phone.reveal(), found.phone == "") == ("", "", True)
    assert found.id_number is None
    assert (found.phone_hash, found.id_number_hash) == ("", None)
    assert Neighbour.objects.filter(phone="", id_number__isnull=True).get() == found


def test_an_unchanged_row_is_not_sealed_again() -> None:
    made = make()
    before = stored(made, "phone")
    made.save()
    found = Neighbour.objects.get(pk=made.pk)
    found.note = "spoken to"
    found.phone = found.phone
    found.save()

    assert stored(found, "phone") == before


def test_a_changed_value_is_sealed_and_found_by_its_new_hash() -> None:
    made = make()
    found = Neighbour.objects.get(pk=made.pk)
    found.phone = "+86 139 1234 5678"
    found.save(update_fields=["phone", "phone_hash"])

    assert Neighbour.objects.get(phone_hash__in=hashes_of("phone", "13912345678")) == made
    assert not Neighbour.objects.filter(phone_hash__in=hashes_of("phone", PHONE)).exists()


def test_saving_the_value_without_its_hash_is_refused() -> None:
    made = make()
    made.phone = "13912345678"
    with pytest.raises(ValueError, match="phone_hash"):
        made.save(update_fields=["phone"])


def test_bulk_create_and_bulk_update() -> None:
    made = Neighbour.objects.bulk_create([Neighbour(name="李四", phone=f"1391234567{n}") for n in range(3)])
    found = list(Neighbour.objects.filter(pk__in=[each.pk for each in made]).order_by("pk"))
    assert [each.phone.reveal() for each in found] == ["13912345670", "13912345671", "13912345672"]

    found[0].phone, found[1].name = "13700000000", "王五"
    Neighbour.objects.bulk_update(found, ["phone", "phone_hash", "name"])

    again = list(Neighbour.objects.filter(pk__in=[each.pk for each in made]).order_by("pk"))
    assert [each.phone.reveal() for each in again] == ["13700000000", "13912345671", "13912345672"]
    assert [each.name.reveal() for each in again] == ["李四", "王五", "李四"]
    assert Neighbour.objects.get(phone_hash__in=hashes_of("phone", "137-0000-0000")) == made[0]


def test_a_query_neither_writes_nor_seeks_plain_text() -> None:
    make()
    with pytest.raises(SealError), transaction.atomic():
        Neighbour.objects.update(phone="13912345678")
    with pytest.raises(SealError):
        Neighbour.objects.filter(phone=PHONE).exists()
    with pytest.raises(Exception, match="Unsupported lookup"):
        Neighbour.objects.filter(phone__contains="138").exists()
    assert Neighbour.objects.update(phone="", phone_hash="") == 1  # blanking needs no key


def test_values_are_masked_and_open_for_nobody() -> None:
    made = make()
    [(phone,)] = Neighbour.objects.filter(pk=made.pk).values_list("phone")
    [row] = Neighbour.objects.filter(pk=made.pk).values("phone", "name")

    assert isinstance(phone, Sealed)
    assert (str(phone), str(row["name"])) == ("****", "****")
    with pytest.raises(SealError):
        phone.reveal()
    with pytest.raises(SealError):
        made.phone = phone


def test_deferred_only_refresh_and_select_related() -> None:
    made = make(desk=Desk.objects.create(name="欧阳修"))
    assert Neighbour.objects.only("note").get(pk=made.pk).phone.reveal() == PHONE
    assert Neighbour.objects.defer("phone").get(pk=made.pk).phone_hash == made.phone_hash
    found = Neighbour.objects.select_related("desk").get(pk=made.pk)
    assert found.desk is not None
    assert (str(found.desk.name), found.desk.name.reveal()) == ("欧阳*", "欧阳修")
    found.phone = "13912345678"
    found.refresh_from_db()
    assert (found.phone.reveal(), found.phone_hash) == (PHONE, made.phone_hash)


def test_copies_and_pickles_carry_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.models.base.apps.get_model", lambda *name: registry.all_models[name[0]][name[1].lower()])
    made = make()
    assert made.phone.reveal() == PHONE
    packed = pickle.dumps(made)
    assert PHONE.encode() not in packed
    assert pickle.loads(packed).phone.reveal() == PHONE
    assert copy.deepcopy(made).phone.reveal() == copy.copy(made).phone.reveal() == PHONE
    with pytest.raises(TypeError):
        pickle.dumps(Neighbour(phone=PHONE))


def test_a_value_moves_to_another_row_by_being_sealed_for_it() -> None:
    one, two = make(), make(name="李四", phone="", id_number=None)
    two.phone = one.phone
    two.save()
    assert Neighbour.objects.get(pk=two.pk).phone.reveal() == PHONE
    assert stored(one, "phone") != stored(two, "phone")

    copied = Neighbour.objects.get(pk=one.pk)
    copied.pk, copied.id_number, copied._state.adding = None, None, True
    copied.save()
    assert Neighbour.objects.get(pk=copied.pk).name.reveal() == NAME


@pytest.mark.parametrize(
    ("field", "value"), [("phone", "138****5678"), ("name", "张*"), ("name", "张＊"), ("id_number", "3205**********1234")]
)
def test_a_mask_is_never_stored(field: str, value: str) -> None:
    with pytest.raises(MaskedValue):
        Neighbour(**{field: value})


def test_a_value_does_not_fall_into_an_ordinary_column() -> None:
    made = make()
    made.note = made.phone  # type: ignore[assignment]  # on purpose
    with pytest.raises(TypeError, match="not sealed"):
        made.save()


def test_fields_come_back_from_a_migration() -> None:
    for field in (Neighbour._meta.get_field("phone"), Neighbour._meta.get_field("phone_hash")):
        _, path, args, kwargs = field.deconstruct()
        again = type(field)(*args, **kwargs)
        assert again.deconstruct()[1:] == (path, args, kwargs)
    assert Neighbour._meta.get_field("phone_hash").deconstruct()[3]["normalise"] is normalise_phone


def test_a_row_without_an_id_is_refused() -> None:
    field = Neighbour._meta.get_field("phone")
    assert isinstance(field, SealedTextField)
    with pytest.raises(SealError, match="needs its id"):
        field.pre_save(Neighbour(phone=PHONE), add=True)


def test_the_key_id_stands_in_the_token(own_keys: object) -> None:
    assert key_id_of(stored(make(), "phone")).startswith("k1-")


def test_get_or_create_and_update_or_create() -> None:
    found, made = Neighbour.objects.get_or_create(note="one", defaults={"name": NAME, "phone": PHONE})
    assert made
    Neighbour.objects.update_or_create(note="one", defaults={"phone": "13912345678"})
    found.refresh_from_db()
    assert (found.name.reveal(), found.phone.reveal()) == (NAME, "13912345678")
    assert Neighbour.objects.filter(phone_hash__in=hashes_of("phone", "13912345678")).exists()


def test_a_null_that_is_set_takes_its_hash_with_it() -> None:
    made = make()
    assert made.id_number_hash
    made.id_number = None
    made.save()
    assert Neighbour.objects.filter(pk=made.pk, id_number=None, id_number_hash=None).exists()


def test_a_value_of_another_row_is_not_taken_from_values() -> None:
    one = make()
    [token] = Neighbour.objects.filter(pk=one.pk).values_list("name", flat=True)
    with pytest.raises(SealError):
        Neighbour(name=token).save()
