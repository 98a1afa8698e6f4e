"""Announcements: to whom, until when, withdrawn, told in the journal by id alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.queries import Role, operator
from jingwei.journal import queries as journal
from jingwei.journal.commands import number_entries
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.notices import commands, queries, words
from jingwei.notices.errors import NoticeError
from tests.accounts.asking import refused
from tests.cast import CODE_OF, COUNTY, EVERYWHERE, NEXT_VILLAGE, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Cast

pytestmark = pytest.mark.django_db


def tomorrow() -> datetime:
    return clock.now() + timedelta(days=1)


def titles(cast: Cast, role: Role | None, area: str) -> list[str]:
    return [told.title for told in queries.announcements(cast.actor(cast.of(role, area)))]


def test_an_administrator_of_a_town_announces_to_that_town(cast: Cast) -> None:
    """Heard in the town, in its villages and above it; not next door."""
    commands.announce(cast.actor(cast.of(Role.AREA_ADMIN, TOWN)), "停水通知", "明天九时至十二时。", tomorrow())
    for role, area in ((Role.SUPERVISOR, TOWN), (Role.SUPERVISOR, VILLAGE), (Role.LEADER, COUNTY),
                       (Role.SYSTEM_ADMIN, EVERYWHERE)):
        assert titles(cast, role, area) == ["停水通知"], area
    for area in (OTHER_TOWN, OTHER_VILLAGE):
        assert titles(cast, Role.SUPERVISOR, area) == []
    assert titles(cast, None, TOWN) == []


def test_one_to_a_village_is_not_heard_in_the_next(cast: Cast) -> None:
    commands.announce(cast.actor(cast.of(Role.AREA_ADMIN, TOWN)), "村口修路", "", tomorrow(), area_code=CODE_OF[VILLAGE])
    assert titles(cast, Role.SUPERVISOR, VILLAGE) == ["村口修路"]
    assert titles(cast, Role.SUPERVISOR, NEXT_VILLAGE) == []


def test_one_to_everywhere_is_heard_by_everybody(cast: Cast) -> None:
    commands.announce(operator(), "系统升级", "", tomorrow(), area_code="*")
    assert titles(cast, Role.SUPERVISOR, OTHER_VILLAGE) == titles(cast, None, TOWN) == ["系统升级"]


@pytest.mark.parametrize("area", ["*", CODE_OF[OTHER_TOWN], CODE_OF[COUNTY], "999", "\0"])
def test_nobody_announces_beyond_the_own_area(cast: Cast, area: str) -> None:
    manager = cast.actor(cast.of(Role.AREA_ADMIN, TOWN))
    refused(lambda: commands.announce(manager, "停水通知", "", tomorrow(), area_code=area), NoticeError.AREA_UNKNOWN)


def test_it_is_over_at_its_end_and_when_withdrawn(cast: Cast) -> None:
    manager = cast.actor(cast.of(Role.AREA_ADMIN, TOWN))
    first = commands.announce(manager, "一号公告", "", tomorrow())
    commands.announce(manager, "二号公告", "", clock.now() + timedelta(days=3))
    assert titles(cast, Role.SUPERVISOR, TOWN) == ["二号公告", "一号公告"]
    commands.withdraw(manager, first)
    assert titles(cast, Role.SUPERVISOR, TOWN) == ["二号公告"]
    refused(lambda: commands.withdraw(manager, first), KernelError.NOT_FOUND)
    with clock.held_at(clock.now() + timedelta(days=4)):
        assert list(queries.readable(operator())) == []


def test_who_manages_a_town_does_not_withdraw_what_the_county_told(cast: Cast) -> None:
    made = commands.announce(cast.actor(cast.of(Role.AREA_ADMIN, COUNTY)), "全区通知", "", tomorrow())
    manager = cast.actor(cast.of(Role.AREA_ADMIN, TOWN))
    refused(lambda: commands.withdraw(manager, made), NoticeError.NOT_YOURS)
    assert [told.may_withdraw for told in queries.announcements(manager)] == [False]


@pytest.mark.parametrize("until", [timedelta(0), timedelta(seconds=-1), timedelta(days=400)])
def test_an_end_must_lie_ahead_and_within_a_year(until: timedelta) -> None:
    refused(lambda: commands.announce(operator(), "通知", "", clock.now() + until, area_code="*"), NoticeError.BAD_END)


def test_an_end_without_a_zone_is_refused() -> None:
    refused(lambda: commands.announce(operator(), "通知", "", tomorrow().replace(tzinfo=None), area_code="*"),
            NoticeError.BAD_END)


@pytest.mark.parametrize(("title", "text", "code"), [
    ("", "", NoticeError.BAD_TEXT), ("  ", "", NoticeError.BAD_TEXT), ("\u200b", "", NoticeError.BAD_TEXT),
    ("字" * 61, "", NoticeError.BAD_TEXT), ("两\n行", "", NoticeError.BAD_TEXT), ("通知", "字" * 2001, NoticeError.BAD_TEXT),
    ("通知\0", "", NoticeError.BAD_TEXT), ("通知", "\ud800", NoticeError.BAD_TEXT),
    ("通知", "电话１３９００００００００", NoticeError.PERSONAL_NUMBER), ("13900000000", "", NoticeError.PERSONAL_NUMBER)])
def test_what_may_not_stand_there_is_refused(title: str, text: str, code: NoticeError) -> None:
    refused(lambda: commands.announce(operator(), title, text, tomorrow(), area_code="*"), code)


def test_lines_stay_and_blanks_around_go() -> None:
    assert (words.title("  停电 "), words.text(" 一\r\n二 "), words.text("")) == ("停电", "一\n二", "")


def test_the_journal_tells_of_it_without_its_text(cast: Cast) -> None:
    made = commands.announce(operator(), "停水通知", "明天九时", tomorrow(), area_code=CODE_OF[TOWN])
    commands.withdraw(operator(), made)
    number_entries()
    entries = journal.history(f"announcement:{made}")
    assert [(each.verb, each.area_path) for each in entries] == [
        ("announcement.made", TOWN), ("announcement.withdrawn", TOWN)]
    assert not any("停水" in each.data or "九时" in each.data for each in entries)


def test_over_http_the_same_key_makes_one_announcement(cast: Cast) -> None:
    client = cast.client(cast.of(Role.AREA_ADMIN, TOWN))
    body: dict[str, Any] = {"title": "停水通知", "text": "明天九时", "until": tomorrow().isoformat()}
    first, again = (client.post("/api/announcements", body, content_type="application/json",
                                headers={"Idempotency-Key": "0190-notice"}) for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    (told,) = client.get("/api/announcements").json()
    assert (told["id"], told["title"], told["text"], told["may_withdraw"]) == (
        first.json()["id"], "停水通知", "明天九时", True)
    assert told["made_by_name"]
    assert client.delete(f"/api/announcements/{told['id']}").status_code == 200
    assert client.get("/api/announcements").json() == []


def test_a_list_costs_the_same_whatever_stands_on_it(cast: Cast) -> None:
    client = cast.client(cast.of(Role.AREA_ADMIN, TOWN))
    manager = cast.actor(cast.of(Role.AREA_ADMIN, TOWN))
    commands.announce(manager, "零号", "", tomorrow())
    client.get("/api/announcements")
    with CaptureQueriesContext(connection) as few:
        client.get("/api/announcements")
    for number in range(20):
        commands.announce(manager, f"第{number}号", "", tomorrow())
    with CaptureQueriesContext(connection) as many:
        assert len(client.get("/api/announcements").json()) == 21
    assert len(many) == len(few) <= 4
