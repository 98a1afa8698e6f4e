"""One answer per Idempotency-Key: the same request twice is one effect and the same answer."""

from types import SimpleNamespace

import orjson
import pytest
from django.db import OperationalError
from django.test import RequestFactory

from jingwei.journal import commands, http
from jingwei.journal.errors import JournalError
from jingwei.journal.models import Answer
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from tests.journal import chores

pytestmark = pytest.mark.django_db


def request(key: str | None = "key-0001", body: bytes = b"{}", path: str = "/api/x", user=None):
    made = RequestFactory().post(path, body, "application/json", **({"HTTP_IDEMPOTENCY_KEY": key} if key else {}))
    made.auth = user or SimpleNamespace(user_id=None)
    return made


def effect(name: str = "a"):
    def run() -> dict:
        chores.mark(name)
        return {"done": name}

    return run


def told(answer) -> tuple[int, dict]:
    return answer.status_code, orjson.loads(answer.content)


def test_the_same_request_again_gets_the_same_answer_without_a_second_effect():
    assert told(http.once(request(), effect(), status=201)) == (201, {"done": "a"})
    assert told(http.once(request(), effect("b"), status=200)) == (201, {"done": "a"})
    assert chores.marks() == {"a"}, "what the repeat had begun was rolled back"


def test_without_a_key_each_request_is_one_of_its_own():
    http.once(request(None), effect("a"))
    http.once(request(None), effect("b"))
    assert chores.marks() == {"a", "b"}
    assert not Answer.objects.exists()


@pytest.mark.parametrize("other", [{"body": b"[]"}, {"path": "/api/y"}, {"path": "/api/x?z=1"}])
def test_the_same_key_for_another_request_is_refused(other):
    http.once(request(), effect("a"))
    with pytest.raises(Refusal) as refused:
        http.once(request(**other), effect("b"))
    assert refused.value.reason is JournalError.KEY_REUSED
    assert chores.marks() == {"a"}


def test_keys_of_two_users_do_not_meet():
    http.once(request(user=SimpleNamespace(user_id=new_id())), effect("a"))
    http.once(request(user=SimpleNamespace(user_id=new_id())), effect("b"))
    assert chores.marks() == {"a", "b"}


def test_after_a_refusal_the_key_is_free():
    def refuse() -> None:
        chores.mark("a")
        raise Refusal(KernelError.NOT_FOUND)

    with pytest.raises(Refusal) as refused:
        http.once(request(), refuse)
    assert refused.value.reason is KernelError.NOT_FOUND
    assert chores.marks() == set()
    assert told(http.once(request(), effect("b"))) == (200, {"done": "b"})


def test_a_repeat_that_is_refused_because_the_first_went_through_gets_the_first_answer():
    def sign() -> dict:
        if "a" in chores.marks():
            raise Refusal(JournalError.OVERTAKEN)
        return effect("a")()

    assert told(http.once(request(), sign)) == told(http.once(request(), sign))


@pytest.mark.parametrize("key", ["short", "x" * 81, "with space", "钥匙钥匙钥匙钥匙", "tab\there!"])
def test_a_key_that_is_none_is_refused(key):
    with pytest.raises(Refusal) as refused:
        commands.answer_once(request().auth, key, "f", 200, lambda: b"{}")
    assert refused.value.reason is JournalError.KEY_MALFORMED


@pytest.mark.django_db(transaction=True)
def test_of_many_copies_at_once_one_has_an_effect_and_all_get_its_answer(concurrently):
    def send(name: str):
        while True:
            try:
                return told(http.once(request(), effect(name), status=201))
            except OperationalError:
                continue

    answers = concurrently(*(lambda name=name: send(name) for name in "abcdef"))
    assert len(chores.marks()) == 1
    [name] = chores.marks()
    assert answers == [(201, {"done": name})] * 6
