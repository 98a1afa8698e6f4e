"""`jingwei clock due`: when a limit falls due, and why. Works without a data folder, on the shipped calendar."""

import argparse
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from jingwei.cases.clock import ClockRefusal, Convention, Due, Limit, Unit, WorkCalendar, due
from jingwei.cases.clock_words import format_explanation
from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready, the_home
from jingwei.kernel.errors import Refusal

_EPILOG = """\
例：jingwei clock due --start 2026-09-30T16:00 --limit "4 work_hour" --pause 2026-10-08T09:00/2026-10-08T10:30
单位：urgent_minute urgent_hour urgent_day（不间断） work_minute work_hour work_day（工作时间） natural_day（自然日）"""


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="动作", metavar="动作", required=True)
    act = acts.add_parser("due", help="计算到期时间并说明来由", description="计算到期时间并说明来由", epilog=_EPILOG,
                          formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    act.add_argument("--start", required=True, metavar="时刻", help="起始时刻（ISO 8601）；不写时区按本地时区")
    act.add_argument("--limit", required=True, metavar="时限", help='例如 "4 work_hour"')
    act.add_argument("--pause", action="append", default=[], metavar="起/止", help="暂停的起止时刻；止留空表示还没有恢复")
    act.add_argument("--extend", action="append", default=[], metavar="时限", help="延期，可以多次")
    act.add_argument("--hours", metavar="时段", help="上班时段，默认 08:00-12:00,14:00-18:00")
    act.add_argument("--zone", metavar="时区", help="时区，默认 Asia/Shanghai")
    act.add_argument("--convention", choices=[each.value for each in Convention],
                     help="工作日算法：time_preserving（默认，满工作时间）或 end_of_day（第 n 个工作日下班）")
    act.set_defaults(run=run_due)


def run_due(options: argparse.Namespace) -> int:
    calendar, convention = _calendar(options)
    zone = ZoneInfo(calendar.zone)
    start, limit = instant("--start", options.start, zone), _limit("--limit", options.limit)
    pauses = [_pause(text, zone) for text in options.pause]
    extensions = [_limit("--extend", text) for text in options.extend]
    deadline = due(start, limit, calendar, pauses, extensions, options.convention or convention)
    print(_first_line(deadline, zone))
    for line in format_explanation(deadline, every=True):
        print(f"  {line}")
    return 0


def _first_line(deadline: Due, zone: ZoneInfo) -> str:
    if deadline.at is None:
        return "暂停中，没有到期时间"
    return f"{deadline.at.astimezone(zone).isoformat(timespec='seconds')} 到期"


def _calendar(options: argparse.Namespace) -> tuple[WorkCalendar, str]:
    """The district's own calendar where there is a data folder, else the shipped holidays and ordinary hours."""
    if the_home().exists and not (options.hours or options.zone):
        return _of_home()
    return _shipped(options.zone or "Asia/Shanghai", options.hours), Convention.TIME_PRESERVING


def _of_home() -> tuple[WorkCalendar, str]:
    django_ready()
    from jingwei.cases.timing import calendar_in_force
    from jingwei.catalogue import queries as catalogue
    from jingwei.journal import queries as journal

    generations = journal.generations()
    return calendar_in_force(generations), catalogue.book(generations).setting("work_day_convention")


def _shipped(zone: str, hours: str | None) -> WorkCalendar:
    from jingwei.catalogue.shipped import holidays

    days = holidays()
    slots = _slots(hours) if hours else WorkCalendar.slots[0]
    return WorkCalendar(
        version=f"v0-{max(days.known_years)}", zone=zone, slots=(slots,) * 5 + ((), ()), exceptions=days.exceptions,
        known_years=days.known_years, names=days.names)


def _slots(text: str) -> tuple[tuple[time, time], ...]:
    slots = []
    for piece in text.replace("–", "-").split(","):
        start, _, end = piece.partition("-")
        try:
            slots.append((time.fromisoformat(start.strip()), time.fromisoformat(end.strip())))
        except ValueError as error:
            raise Refusal(CliError.VALUE, name="--hours", value=piece, why="应为 08:00-12:00,14:00-18:00") from error
    return tuple(slots)


def instant(name: str, text: str, zone: ZoneInfo) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Refusal(CliError.VALUE, name=name, value=text, why="应为 2026-09-30T16:00 这样的时刻") from error
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _pause(text: str, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
    start, slash, end = text.partition("/")
    if not slash:
        raise Refusal(CliError.VALUE, name="--pause", value=text, why="起止之间用 / 隔开")
    return instant("--pause", start, zone), instant("--pause", end, zone) if end.strip() else None


def _limit(name: str, text: str) -> Limit:
    amount, _, unit = text.strip().partition(" ")
    try:
        if not amount.isascii():
            raise InvalidOperation
        return Limit(Decimal(amount), Unit(unit.strip()))
    except ClockRefusal as refusal:
        raise Refusal(CliError.VALUE, name=name, value=text, why=refusal.text.rstrip("。")) from refusal
    except (InvalidOperation, ValueError) as error:
        raise Refusal(CliError.VALUE, name=name, value=text, why='应为 "4 work_hour" 这样的数和单位') from error
