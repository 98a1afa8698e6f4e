"""Personal values are sealed under a key of their subject; deleting the key deletes them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.journal import commands, keys, queries, vault
from jingwei.journal.errors import JournalError
from jingwei.journal.models import SubjectKey
from jingwei.kernel.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_keys")]

VALUES = {"phone": "13900000000", "name": "王示例"}


def test_it_gives_back_what_was_sealed():
    first, second = commands.seal("case:1", VALUES), commands.seal("case:1", {})
    assert queries.unseal("case:1", first) == VALUES
    assert queries.unseal("case:1", memoryview(second)) == {}
    assert b"139" not in first
    assert SubjectKey.objects.count() == 1, "one key per subject"


def test_equal_values_do_not_look_equal():
    assert commands.seal("case:1", VALUES) != commands.seal("case:1", VALUES)


def test_it_costs_one_statement_once_the_subject_has_its_key():
    commands.seal("case:1", VALUES)
    with CaptureQueriesContext(connection) as sent:
        sealed = commands.seal("case:1", VALUES)
        queries.unseal("case:1", sealed)
    assert len(sent) == 2
    with CaptureQueriesContext(connection) as sent:
        commands.seal("case:2", VALUES)
    assert len(sent) == 2


def test_what_was_forgotten_is_gone_for_good_even_after_a_new_seal():
    sealed = commands.seal("case:1", VALUES)
    assert commands.forget("case:1") is True
    assert commands.forget("case:1") is False
    with pytest.raises(Refusal) as refused:
        queries.unseal("case:1", sealed)
    assert refused.value.reason is JournalError.SEALED_FOREVER

    again = commands.seal("case:1", {"phone": "13911111111"})
    assert queries.unseal("case:1", again) == {"phone": "13911111111"}
    with pytest.raises(Refusal) as refused:
        queries.unseal("case:1", sealed)
    assert refused.value.reason is JournalError.SEALED_FOREVER


def test_forgetting_one_subject_leaves_the_others():
    sealed = commands.seal("case:2", VALUES)
    commands.seal("case:1", VALUES)
    commands.forget("case:1")
    assert queries.unseal("case:2", sealed) == VALUES


def test_a_sealed_value_opens_for_its_own_subject_only():
    sealed = commands.seal("case:1", VALUES)
    key = SubjectKey.objects.get(subject="case:1")
    SubjectKey.objects.create(subject="case:2", wrapped=key.wrapped)
    with pytest.raises(Refusal) as refused:
        queries.unseal("case:2", sealed)
    assert refused.value.reason is JournalError.SEAL_BROKEN


@pytest.mark.parametrize("damage", [
    lambda sealed: sealed[:-1], lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), lambda _: b"", lambda _: b"\x01",
    lambda sealed: b"\x02" + sealed[1:], lambda sealed: sealed[:12] + bytes([sealed[12] ^ 1]) + sealed[13:]])
def test_it_refuses_a_damaged_seal(damage):
    with pytest.raises(Refusal) as refused:
        queries.unseal("case:1", damage(commands.seal("case:1", VALUES)))
    assert refused.value.reason is JournalError.SEAL_BROKEN


def test_it_refuses_under_another_master_key(home_keys):
    sealed = commands.seal("case:1", VALUES)
    (home_keys / "vault.key").write_bytes(b"y" * 32)
    with pytest.raises(Refusal) as refused:
        queries.unseal("case:1", sealed)
    assert refused.value.reason is JournalError.SEAL_BROKEN


def test_whoever_seals_first_at_the_same_time_gives_the_key_to_both(monkeypatch):
    real, seen = vault._data_key, []

    def late(subject):
        if not seen:
            seen.append(subject)
            return None  # the moment before the other's key is committed
        return real(subject)

    sealed = commands.seal("case:1", VALUES)
    monkeypatch.setattr(vault, "_data_key", late)
    other = commands.seal("case:1", {"a": 1})
    assert queries.unseal("case:1", sealed) == VALUES
    assert queries.unseal("case:1", other) == {"a": 1}


def test_the_keyed_hash_depends_on_kind_text_and_key(home_keys):
    one = queries.keyed_hash("phone", "13900000000")
    assert one == queries.keyed_hash("phone", "13900000000")
    assert len(one) == 64
    others = {queries.keyed_hash("phone.last4", "13900000000"), queries.keyed_hash("phone", "13900000001")}
    (home_keys / "hash.key").unlink()
    keys.create_missing(home_keys)
    others.add(queries.keyed_hash("phone", "13900000000"))
    assert len(others | {one}) == 4
