"""A sealed value opens in its own row and column, unchanged, under a known key; everything else is a clear error."""

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.db import connection

from shequtong.core import keys
from shequtong.core.keys.keyring import SM4, dump, new_key, new_ring
from shequtong.core.sealed import SealError, hash_of, hashes_of
from shequtong.core.sealed.ciphers import prefix_of, seal, unseal
from shequtong.core.tests.sealed.models import Neighbour

PHONE = "13812345678"


@pytest.fixture(params=["AES-256-GCM", "SM4-GCM"])
def algorithm(request: pytest.FixtureRequest) -> str:
    key = new_key(2, request.param)
    keys.change_ring(lambda before: before.with_key(key).using(key.id))
    return str(request.param)


def test_every_flipped_bit_is_noticed(algorithm: str) -> None:
    token = seal(PHONE, "a.b.c|1")
    head, _, body = token.rpartition(".")
    blob = urlsafe_b64decode(body)
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises(SealError, match="changed"):
            unseal(f"{head}.{urlsafe_b64encode(changed).decode()}", "a.b.c|1")
    assert unseal(token, "a.b.c|1") == PHONE


def test_the_same_text_is_never_the_same_token(algorithm: str) -> None:
    assert len({seal(PHONE, "a.b.c|1") for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("13812345678", "not a sealed value"),
        ("1.k9-000000.aes256gcm.AAAA", "k9-000000, which is not in the key ring"),
        ("1.{id}.sm4gcm.AAAA", "does not do"),
        ("2.{id}.aes256gcm.AAAA", "does not do"),
        ("1.{id}.aes256gcm.", "changed"),
        ("1.{id}.aes256gcm.AAAA", "changed"),
        ("1.{id}.aes256gcm.手机", "changed"),
    ],
)
def test_what_is_no_value_of_ours_is_named(token: str, says: str) -> None:
    with pytest.raises(SealError, match=says):
        unseal(token.format(id=keys.ring().current_id), "a.b.c|1")


@pytest.mark.django_db
def test_a_token_moved_by_sql_does_not_open(caplog: pytest.LogCaptureFixture) -> None:
    one, two = (Neighbour.objects.create(name=name, phone=PHONE) for name in ("张三", "李四"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sealed_probe_neighbour WHERE id = %s", [one.pk])
        token = cursor.fetchone()[0]
        cursor.execute("UPDATE sealed_probe_neighbour SET name = %s WHERE id = %s", [token, two.pk])  # another row
        cursor.execute("UPDATE sealed_probe_neighbour SET phone = %s WHERE id = %s", [token, one.pk])  # another column
    moved, crossed = Neighbour.objects.get(pk=two.pk), Neighbour.objects.get(pk=one.pk)

    for value in (moved.name, crossed.phone):
        with pytest.raises(SealError, match="another row or column"):
            value.reveal()
    logging.getLogger("shequtong").propagate = True
    caplog.set_level(logging.ERROR)
    assert "*" not in str(moved.name)  # a page says that it cannot be read, and goes on
    assert str(two.pk) in caplog.text
    assert "张" not in caplog.text


def test_a_value_of_one_key_opens_while_another_is_current() -> None:
    old = seal(PHONE, "a.b.c|1")
    old_hash = hash_of("phone", PHONE)
    key = new_key(2, SM4)
    keys.change_ring(lambda before: before.with_key(key).using(key.id))

    assert unseal(old, "a.b.c|1") == PHONE
    assert seal(PHONE, "a.b.c|1").startswith(prefix_of(key))
    assert hashes_of("phone", "+86 138-1234-5678") == [hash_of("phone", PHONE), old_hash]
    assert hash_of("phone", PHONE) != old_hash


def test_domains_do_not_match_each_other() -> None:
    assert hash_of("phone", PHONE).split(".")[1] != hash_of("other", PHONE).split(".")[1]


@pytest.mark.django_db
def test_a_database_without_its_keys_is_refused_by_the_check(own_keys: Any) -> None:
    Neighbour.objects.create(name="张三", phone=PHONE)
    assert not messages()
    (own_keys / "sealing.json").write_text(dump(new_ring("AES-256-GCM")))
    assert {message.id for message in messages()} == {"sealed.E004"}


def messages() -> list[CheckMessage]:
    return [
        message
        for field in (Neighbour._meta.get_field("name"), Neighbour._meta.get_field("phone"))
        for message in field.check(databases=["default"])
    ]
