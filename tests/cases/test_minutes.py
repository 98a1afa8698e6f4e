"""Matters of a meeting's minutes become cases, all or none, and each says where it comes from (INT-13, PAT-16)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.cases import commands, queries
from jingwei.cases.batch_errors import MinutesError
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Minutes, MinutesItem
from jingwei.files.keys import ensure_key
from jingwei.journal.models import Entry
from jingwei.journal.queries import history
from jingwei.kernel.ids import new_id
from tests.cases.conftest import AT_SEA, GARBAGE, IN_FIRST, IN_SECOND, Centre, expect_refusal

pytestmark = pytest.mark.django_db
HELD = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def keys(centre: Centre) -> None:
    ensure_key()


def matter(text: str = "清理枫林路垃圾", at: tuple[float, float] = IN_FIRST, **more: Any) -> commands.Report:
    return commands.Report(**({"id": new_id(), "text": text, "lon": at[0], "lat": at[1]} | more))


def filed(centre: Centre, *matters: commands.Report, title: str = "城市管理联席会议", held_on: date = HELD) -> tuple[UUID, list[commands.Taken]]:
    minutes_id = new_id()
    return minutes_id, commands.file_minutes(centre.act("acceptor"), commands.FromMinutes(minutes_id, title, held_on), matters)


def test_every_matter_becomes_a_case_that_says_where_it_comes_from(centre: Centre) -> None:
    minutes_id, taken = filed(centre, matter(class_code=GARBAGE), matter("修复路灯", IN_SECOND))
    cases = {case.id: case for case in Case.objects.all()}
    assert [cases[one.id].channel for one in taken] == ["meeting", "meeting"]
    assert [cases[one.id].text for one in taken] == ["清理枫林路垃圾", "修复路灯"]
    told = queries.detail(centre.act("acceptor"), taken[1].id).timeline
    assert [(line["said"], line["text"]) for line in told] == [
        ("上报了问题", ""), ("来自会议纪要", "《城市管理联席会议》2026-11-20 第 2 项")]
    assert [entry.verb for entry in history(f"minutes:{minutes_id}")] == ["minutes.filed"]


def test_one_wrong_matter_is_named_and_none_is_filed(centre: Centre) -> None:
    before = Entry.objects.count()
    with expect_refusal(MinutesError.WRONG_ITEM) as refused:
        filed(centre, matter(), matter("修复路灯", AT_SEA))
    assert "第 2 项" in refused.value.text()
    assert CaseError.NO_AREA.zh.split("：")[0] in refused.value.text()
    assert (Case.objects.count(), Minutes.objects.count(), Entry.objects.count()) == (0, 0, before)


@pytest.mark.parametrize(("title", "held_on"), [("", HELD), (" \u200b", HELD), ("联席会议", date(2026, 11, 24)), ("联席会议", date(1999, 1, 1))])
def test_minutes_have_a_title_and_a_day_that_has_been(centre: Centre, title: str, held_on: date) -> None:
    with expect_refusal(MinutesError.NO_TITLE):
        filed(centre, matter(), title=title, held_on=held_on)


def test_no_matter_and_too_many_are_refused(centre: Centre) -> None:
    with expect_refusal(MinutesError.NO_ITEMS):
        filed(centre)
    with expect_refusal(MinutesError.TOO_MUCH):
        filed(centre, *(matter() for _ in range(51)))


def test_the_same_minutes_are_not_filed_twice(centre: Centre) -> None:
    of = commands.FromMinutes(new_id(), "联席会议", HELD)
    commands.file_minutes(centre.act("acceptor"), of, [matter()])
    with expect_refusal(CaseError.EXISTS):
        commands.file_minutes(centre.act("acceptor"), of, [matter()])
    assert MinutesItem.objects.count() == 1


def test_numbers_of_people_stand_in_no_title(centre: Centre) -> None:
    minutes_id, taken = filed(centre, matter(), title="与 13912345678 的会议")
    assert "13912345678" not in Minutes.objects.get(id=minutes_id).title
    assert "13912345678" not in str(history(f"case:{taken[0].id}"))


def test_what_became_of_each_matter_is_told_to_whoever_may_see_it(centre: Centre) -> None:
    _, taken = filed(centre, matter(), matter("修复路灯", IN_SECOND))
    commands.refuse(centre.act("acceptor"), taken[0].id, reason="不属本级")
    found, = queries.minutes(centre.act("acceptor"))
    assert (found.title, found.held_on) == ("城市管理联席会议", HELD)
    assert [(one.place, one.number, one.state_name, one.ended) for one in found.matters] == [
        (1, taken[0].number, "不予立案", True), (2, taken[1].number, "待受理", False)]
    assert queries.minutes(centre.act("neighbour")) == []


def test_the_list_takes_one_statement(centre: Centre) -> None:
    filed(centre, matter(), matter("修复路灯"))
    actor = centre.act("acceptor")
    with CaptureQueriesContext(connection) as caught:
        queries.minutes(actor)
    assert len(caught) == 1


def test_drafts_are_taken_apart_and_nothing_is_kept(centre: Centre) -> None:
    found = queries.split_minutes(centre.act("acceptor"), "一、道路\n1. 井盖松动\n2. 路灯不亮")
    assert [(each.number, each.under, each.text) for each in found] == [("1.", ["道路"], "井盖松动"), ("2.", ["道路"], "路灯不亮")]
    for text in ("长" * 20_001, "1.路灯\n" * 51):
        with expect_refusal(MinutesError.TOO_MUCH):
            queries.split_minutes(centre.act("acceptor"), text)
