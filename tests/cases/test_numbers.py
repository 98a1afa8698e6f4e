"""Numbers without gaps where nothing fails, never twice where something does."""

import pytest
from django.db import transaction

from jingwei.cases.commands import numbers
from tests.cases.conftest import MONDAY_NINE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh():
    numbers.forget_blocks()
    yield
    numbers.forget_blocks()


def take(count: int) -> list[str]:
    return [numbers.next_number("990101", MONDAY_NINE) for _ in range(count)]


def test_one_transaction_uses_its_block_up_before_it_takes_another():
    with transaction.atomic():
        taken = take(numbers.BLOCK + 3)
    assert taken == [f"990101-2026-{number:06d}" for number in range(1, numbers.BLOCK + 4)]
    with transaction.atomic():
        assert take(1) == [f"990101-2026-{numbers.BLOCK + 4:06d}"]


def test_a_rolled_back_block_is_given_once_more_and_nothing_twice():
    with transaction.atomic():
        lost = take(3)
        transaction.set_rollback(True)
    with transaction.atomic():
        taken = take(numbers.BLOCK + 1)
    assert len(set(taken)) == len(taken)
    assert taken[:3] == lost
