"""A home of before: what later versions look by is filled in by the upgrade, batch by batch, and as the readers write it."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from jingwei.cases import queries, tokens
from jingwei.cases.commands import search
from jingwei.cases.models import Searched, Spot
from jingwei.cases.queries import listing
from tests.cases.test_following import agree, read_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    def execute(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return SimpleNamespace(connection=connection, execute=execute)


def fill(name, editor, monkeypatch):
    migration = import_module(f"jingwei.cases.migrations.{name}")
    monkeypatch.setattr(migration, "_AT_ONCE", 2)
    migration.fill(apps, editor)


def test_places_of_before_are_compared_like_new_ones(centre, editor, monkeypatch):
    ids = [centre.report(text=f"枫林路12号路灯不亮{number}") for number in range(5)]
    read_on()
    written = list(Spot.objects.order_by("case_id").values_list("case_id", "lon", "lat", "second", "pairs"))
    similar = queries.similar_cases(centre.act("acceptor"), ids[0])
    Spot.objects.exclude(case_id=ids[3]).update(lon=0, lat=0, second=0, pairs=b"")
    assert [one.id for one in queries.similar_cases(centre.act("acceptor"), ids[0])] == [ids[3]]
    fill("0030_fill_spots", editor, monkeypatch)
    assert list(Spot.objects.order_by("case_id").values_list("case_id", "lon", "lat", "second", "pairs")) == written
    assert queries.similar_cases(centre.act("acceptor"), ids[0]) == similar
    assert len(similar) == 4


def test_what_was_searched_before_is_found_by_its_areas_too(centre, editor, monkeypatch):
    monkeypatch.setattr(listing, "_WIDE", 0.0)
    monkeypatch.setattr(tokens, "area_tokens", lambda path: [])
    ids = [centre.report(text=f"枫林路12号路灯不亮{number}") for number in range(5)]
    read_on()
    Searched.objects.update(area_path="")
    monkeypatch.undo()
    search.forget(ids[:1])
    search.show(ids[:1])  # by whoever went before, until it was stopped
    fill("0032_fill_search_areas", editor, monkeypatch)
    for case_id in ids:
        agree(case_id)
    assert len(queries.list_cases(centre.act("supervisor"), queries.Filter(words="路灯")).rows) == 5
