"""Telling people: a line in their list, and what goes out by the ways they chose. For readers of the journal and jobs.

Statements: one for the messages; where a way out is connected, one for the choices and one for what goes out.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings

from jingwei.journal import jobs
from jingwei.kernel import clock
from jingwei.kernel.ids import new_id
from jingwei.notices import quiet
from jingwei.notices.models import Choice, Delivery, Mark, Message
from jingwei.notices.queries.settings import InForce, in_force
from jingwei.notices.telling import LONGEST_BODY, LONGEST_TITLE, Telling

MOST_PEOPLE = 500
_NAMESPACE = UUID("b0a6f6a8-5a0b-5f0e-8f7e-8e7a6f0f1c55")
_SLOT = 5  # seconds: at most one job a connector is asked for in so long
TASK = "jingwei.notices.jobs.deliver"


def tell(one: Telling, users: Collection[UUID], generations: dict[str, int]) -> int:
    """Tell these people, and the robots of the place. Inside the caller's transaction. Returns how many lines were made."""
    return tell_all([(one, users)], generations)


def tell_all(tellings: Collection[tuple[Telling, Collection[UUID]]], generations: dict[str, int]) -> int:
    """The same for many things at once, by as many statements as for one."""
    force, now = in_force(generations), clock.now()
    messages, out = [], list[Delivery]()
    heard = [(one, sorted(users)[:MOST_PEOPLE]) for one, users in tellings
             if one.kind in force.kinds and force.kinds[one.kind].active]
    choices = _choices({user for _, users in heard for user in users}) if force.ready and heard else {}
    for one, users in heard:
        urgent = force.kinds[one.kind].urgent
        for user in users:
            messages.append(Message(
                user=user, kind=one.kind, subject=one.subject, title=one.title[:LONGEST_TITLE], body=one.body[:LONGEST_BODY],
                link=one.link, urgent=urgent, once=one.once, event_at=one.at, made_at=now))
            if user in choices:
                out += _by_choice(one, choices[user], force, now)
        out += _to_robots(one, force, now)
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    if out:
        Delivery.objects.bulk_create(out)
        _ask(out, now)
    return len(messages)


def untell(subject: str, event_at: datetime) -> None:
    """The deed was taken back: what told of it goes from the lists, and what has not gone out stays in."""
    Message.objects.filter(subject=subject, event_at=event_at).delete()
    Delivery.objects.filter(subject=subject, event_at=event_at, state="waiting").delete()


def advance(name: str, to: datetime, furthest: timedelta) -> datetime:
    """Move a mark of timed messages on to `to`; returns where it stood, at most `furthest` before."""
    mark = Mark.objects.select_for_update().filter(name=name).first()
    before = max(mark.at, to - furthest) if mark else to
    Mark.objects.update_or_create(name=name, defaults={"at": max(to, before)})
    return before


def _choices(users: set[UUID]) -> dict[UUID, Choice]:
    rows = Choice.objects.filter(user__in=users).defer("sealed")
    return {choice.user: choice for choice in rows if choice.mail or choice.sms}


def _by_choice(one: Telling, choice: Choice, force: InForce, now: datetime) -> list[Delivery]:
    if f"|{one.kind}|" in choice.off:
        return []
    kind = force.kinds[one.kind]
    made = []
    for way, wanted in (("mail", choice.mail), ("sms", choice.sms)):
        if wanted and way in kind.ways and way in force.ready:
            begin = choice.quiet_from if choice.quiet_from is not None else force.quiet_from
            end = choice.quiet_until if choice.quiet_until is not None else force.quiet_until
            made.append(_delivery(one, force.ready[way], choice.user, *quiet.send_from(
                _earliest(one, kind.urgent, now), urgent=kind.urgent, digest=choice.digest, quiet_from=begin,
                quiet_until=end, zone=_zone())))
    return made


def _to_robots(one: Telling, force: InForce, now: datetime) -> list[Delivery]:
    kind = force.kinds[one.kind]
    if not one.robots or "chat" not in kind.ways:
        return []
    begin = quiet.send_from(_earliest(one, kind.urgent, now), urgent=kind.urgent, digest="", quiet_from=force.quiet_from,
                            quiet_until=force.quiet_until, zone=_zone())
    return [_delivery(one, robot.id, None, *begin) for robot in force.robots
            if one.place.startswith(robot.place) and one.unit.startswith(robot.unit)]


def _delivery(one: Telling, connector: UUID, user: UUID | None, begin: datetime, gather: bool) -> Delivery:
    return Delivery(id=new_id(), connector_id=connector, user=user, kind=one.kind, subject=one.subject, title=one.title[:LONGEST_TITLE],
                    body=one.body[:LONGEST_BODY], link=one.link, gather=gather, event_at=one.at, due_from=begin, next_try=begin)


def _earliest(one: Telling, urgent: bool, now: datetime) -> datetime:
    return now if urgent or one.not_before is None else max(now, one.not_before)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.JINGWEI_ZONE)


def _ask(out: list[Delivery], now: datetime) -> None:
    """Have what may go out now delivered soon; what waits is found by the job of the minute."""
    slot = int(now.timestamp()) // _SLOT
    for connector in {one.connector_id for one in out if one.next_try <= now}:
        jobs.enqueue(TASK, [str(connector)], {}, pk=uuid5(_NAMESPACE, f"{connector}/{slot}"),
                     run_after=now + timedelta(seconds=1))
