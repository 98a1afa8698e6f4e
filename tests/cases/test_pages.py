"""Pages under trouble: in words, never a traceback."""

import pytest
from django.db import OperationalError
from django.test import Client

from jingwei.config import pages

pytestmark = pytest.mark.django_db


def test_a_busy_database_is_told_in_words(monkeypatch):
    def busy(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(pages.grids, "summary", busy)
    answer = Client().get("/")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "系统正忙" in answer.content.decode()
