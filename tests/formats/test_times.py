"""Times of tables as instants (C4, R2): named zones, placeholder years, digits that only look like digits."""

from datetime import UTC, datetime

import pytest

from jingwei.formats.errors import FormatError
from jingwei.formats.times import USUAL_FORMATS, parse_local
from jingwei.kernel.errors import Refusal

SHANGHAI = "Asia/Shanghai"
HALF_PAST_EIGHT = datetime(2026, 3, 5, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-03-05 08:30:00", "2026-03-05 08:30", " 2026/3/5 8:30 ", "2026年3月5日 08:30", "2026年03月05日8时30分",
     "20260305083000", "2026-03-05T08:30:00", "2026-03-05T08:30:00+08:00", "2026-03-05T00:30:00Z",
     "2026-03-04T19:30:00-0500"],
)
def test_the_usual_ways_of_writing_give_one_instant(text: str) -> None:
    parsed = parse_local(text, SHANGHAI)
    assert (parsed, parsed.tzinfo) == (HALF_PAST_EIGHT, UTC)


def test_a_date_is_its_midnight_in_the_zone() -> None:
    assert parse_local("2026-03-05", SHANGHAI) == datetime(2026, 3, 4, 16, tzinfo=UTC)
    assert parse_local("20260305", "America/New_York") == datetime(2026, 3, 5, 5, tzinfo=UTC)


def test_only_the_given_formats_count() -> None:
    assert parse_local("05.03.2026 08:30", SHANGHAI, ["%d.%m.%Y %H:%M"]) == HALF_PAST_EIGHT
    with pytest.raises(Refusal) as caught:
        parse_local("2026-03-05 08:30", SHANGHAI, ["%Y年%m月%d日"])
    assert "2026年03月05日" in caught.value.text(), "the refusal shows the form that was expected"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", FormatError.TIME_NOT_UNDERSTOOD),
        ("昨天下午", FormatError.TIME_NOT_UNDERSTOOD),
        ("2026-02-30", FormatError.TIME_NOT_UNDERSTOOD),
        ("2026-13-01", FormatError.TIME_NOT_UNDERSTOOD),
        ("2026-03-05 25:00", FormatError.TIME_NOT_UNDERSTOOD),
        ("26-03-05", FormatError.TIME_NOT_UNDERSTOOD),
        ("0000-00-00 00:00:00", FormatError.TIME_NOT_UNDERSTOOD),
        ("２０２６-03-05", FormatError.TIME_DIGITS),
        ("2026-٠3-05", FormatError.TIME_DIGITS),
        ("1970-01-01 08:00:00", FormatError.TIME_YEAR),  # an empty field, as seconds since 1970
        ("9999-12-31", FormatError.TIME_YEAR),  # "for ever"
        ("1900-01-00", FormatError.TIME_NOT_UNDERSTOOD),  # a spreadsheet's zero
        ("1999-12-31 23:59:59", FormatError.TIME_YEAR),
        ("2101-01-01", FormatError.TIME_YEAR),
        ("0001-01-01", FormatError.TIME_YEAR),
    ],
)
def test_it_refuses_what_is_no_real_time(text: str, reason: FormatError) -> None:
    with pytest.raises(Refusal) as caught:
        parse_local(text, SHANGHAI)
    assert caught.value.reason is reason
    assert "?" not in caught.value.text()


@pytest.mark.parametrize(
    "text",
    ["2026-03-08 02:30:00",  # the Sunday on which New York's clocks skip two to three
     "2026-11-01 01:30:00"],  # the Sunday on which they pass it twice
)
def test_a_skipped_or_repeated_hour_is_not_guessed(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_local(text, "America/New_York")
    assert caught.value.reason is FormatError.TIME_NOT_UNIQUE
    assert parse_local(text.replace(" ", "T") + "-05:00", "America/New_York").tzinfo is UTC


@pytest.mark.parametrize("zone", ["", ".", "Beijing", "../etc/passwd", "北京时间", "Asia/\x00"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_local("2026-03-05", zone)
    assert caught.value.reason is FormatError.TIME_ZONE


def test_every_usual_format_reads_what_it_writes() -> None:
    for pattern in USUAL_FORMATS:
        written = datetime(2026, 3, 5, 8, 30, tzinfo=UTC).strftime(pattern)
        assert parse_local(written, "UTC").date() == HALF_PAST_EIGHT.date()
