"""Quiet hours and digests, as a table of local times (Shanghai). 23 November 2026 is a Monday."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from jingwei.notices.quiet import digest_at, free_from, send_from

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = (time(21), time(7))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(("when", "quiet", "free"), [
    ("23T12:00", NIGHT, "23T12:00"), ("23T20:59", NIGHT, "23T20:59"), ("23T21:00", NIGHT, "24T07:00"),
    ("23T23:59", NIGHT, "24T07:00"), ("24T00:00", NIGHT, "24T07:00"), ("24T06:59", NIGHT, "24T07:00"),
    ("24T07:00", NIGHT, "24T07:00"), ("23T13:00", (time(12), time(14)), "23T14:00"), ("23T11:59", (time(12), time(14)), "23T11:59"),
    ("23T14:00", (time(12), time(14)), "23T14:00"), ("23T03:00", (time(0), time(0)), "23T03:00")])
def test_what_falls_into_quiet_hours_waits_for_their_end(when: str, quiet: tuple[time, time], free: str) -> None:
    assert free_from(at(when), *quiet, SHANGHAI) == at(free)


@pytest.mark.parametrize(("when", "digest", "then"), [
    ("23T10:20", "", "23T10:20"), ("23T10:20", "hour", "23T11:00"), ("23T10:00", "hour", "23T11:00"),
    ("23T23:30", "hour", "24T00:00"), ("23T08:00", "day", "23T09:00"), ("23T09:00", "day", "23T09:00"),
    ("23T09:01", "day", "24T09:00")])
def test_a_digest_goes_out_at_the_full_hour_or_at_nine(when: str, digest: str, then: str) -> None:
    assert digest_at(at(when), digest, SHANGHAI) == at(then)


@pytest.mark.parametrize(("when", "urgent", "digest", "then", "gathered"), [
    ("23T22:00", False, "", "24T07:00", True), ("23T22:00", True, "day", "23T22:00", False),
    ("23T20:30", False, "hour", "24T07:00", True), ("23T10:30", False, "hour", "23T11:00", True),
    ("23T10:30", False, "", "23T10:30", False)])
def test_what_is_urgent_goes_at_once_and_the_rest_is_gathered(
        when: str, urgent: bool, digest: str, then: str, gathered: bool) -> None:
    assert send_from(at(when), urgent=urgent, digest=digest, quiet_from=NIGHT[0], quiet_until=NIGHT[1],
                     zone=SHANGHAI) == (at(then), gathered)
