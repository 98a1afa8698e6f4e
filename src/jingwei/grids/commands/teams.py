"""Teams on areas: made, changed, joined, left, ended; how many households an area has."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from jingwei.accounts.queries import Right, active_people
from jingwei.grids import teams
from jingwei.grids.commands.standing import active, changeable, changed, visible_to
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.events import TeamEvent
from jingwei.grids.models import Area, Households, Team, TeamArea, TeamMember
from jingwei.grids.teams import TeamKind
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

MOST_AREAS = 50


def make_team(actor: Actor, kind: str, name: str, areas: Sequence[int], *, since: date, until: date | None = None) -> int:
    """A team over an area or several (STF-11, GRD-28), without anybody yet. Returns its id.

    Too few areas or areas apart are warned about when it is read, not refused: a team grows.
    """
    chosen, name = _kind(kind), _name(name)
    if until is not None and until < since:
        raise Refusal(GridError.BAD_DAYS, since=since, until=until)
    with transaction.atomic(savepoint=False):
        found = _areas(actor, areas)
        team = Team.objects.create(kind=chosen.code, name=name, since=since, until=until)
        TeamArea.objects.bulk_create([TeamArea(team=team, area=area) for area in found])
        journal.record_new(actor, f"area_team:{team.id}", TeamEvent.MADE, {
            "kind": kind, "name": name, "areas": [area.id for area in found], "since": str(since),
            "until": str(until) if until else None}, area_path=found[0].path)
        changed(on_map=False)
    return team.id


def change_team(actor: Actor, team_id: int, *, name: str = "", areas: Sequence[int] = ()) -> None:
    """Another name, other areas; empty leaves either as it is. Needs the right on the old areas and the new."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area_team:{team_id}")
        team, held = _team(actor, team_id)
        found = _areas(actor, areas) if areas else held
        if name:
            team.name = _name(name)
            team.save(update_fields=["name"])
        if areas:
            TeamArea.objects.filter(team=team).exclude(area__in=found).delete()
            TeamArea.objects.bulk_create([TeamArea(team=team, area=area) for area in found], ignore_conflicts=True)
        journal.record(actor, tail, TeamEvent.CHANGED, {"name": team.name, "areas": [area.id for area in found]},
                       area_path=found[0].path)
        changed(on_map=False)


def end_team(actor: Actor, team_id: int, last_day: date | None = None) -> None:
    """End a team and everybody's place in it with its last day, today by default."""
    last = last_day or today()
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area_team:{team_id}")
        team, held = _team(actor, team_id)
        team.until = max(last, team.since)
        team.save(update_fields=["until"])
        for member in TeamMember.objects.filter(team=team, void=False, until=None):
            _end(member, team.until)
        journal.record(actor, tail, TeamEvent.ENDED, {"until": str(team.until)}, area_path=held[0].path)
        changed(on_map=False)


def join_team(actor: Actor, team_id: int, user_id: UUID, function: str, *, since: date, until: date | None = None) -> int:
    """Somebody takes a function in a team; several people may have the same, one person several (STF-05, STF-12)."""
    if until is not None and until < since:
        raise Refusal(GridError.BAD_DAYS, since=since, until=until)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area_team:{team_id}")
        team, held = _team(actor, team_id)
        if function not in _kind(team.kind).functions:
            raise Refusal(GridError.BAD_TEAM, why=Words("这类队伍没有这项职能", "this kind of team has no such function"))
        if not active_people([user_id]):
            raise Refusal(GridError.UNKNOWN_PERSON, person=str(user_id))
        standing = TeamMember.objects.filter(team=team, user_id=user_id, function=function, void=False)
        if any(one.until is None or one.until >= since for one in standing):
            raise Refusal(GridError.IN_TEAM_ALREADY, team=team.name)
        member = _insert(TeamMember(team=team, user_id=user_id, function=function, since=since, until=until))
        journal.record(actor, tail, TeamEvent.JOINED, {
            "member": member.id, "user": str(user_id), "function": function, "since": str(since),
            "until": str(until) if until else None}, area_path=held[0].path)
        changed(on_map=False)
    return member.id


def leave_team(actor: Actor, member_id: int, last_day: date | None = None) -> None:
    """End somebody's place in a team with its last day, today by default; one that has not begun is void."""
    last = last_day or today()
    with transaction.atomic(savepoint=False):
        member = TeamMember.objects.filter(pk=member_id, void=False).first()
        if member is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail = journal.hold(f"area_team:{member.team_id}")
        _, held = _team(actor, member.team_id)
        member.refresh_from_db()
        if member.until is not None and member.until < last:
            raise Refusal(GridError.ENDED_ALREADY, until=member.until)
        _end(member, last)
        journal.record(actor, tail, TeamEvent.LEFT, {
            "member": member.id, "user": str(member.user_id), "function": member.function, "void": member.void,
            "until": str(member.until) if member.until else None}, area_path=held[0].path)
        changed(on_map=False)


def count_households(actor: Actor, area_id: int, count: int, counted_on: date) -> None:
    """Write down how many households an area has: a number, by which teams are sized (GRD-19, GRD-20)."""
    if not 0 <= count <= 1_000_000:
        raise Refusal(GridError.BAD_TEAM, why=Words("户数须为 0 至 1000000", "a number of households is 0 to 1000000"))
    with transaction.atomic(savepoint=False):
        area = visible_to(active(changeable(actor, area_id, Right.STAFFING_MANAGE)), None)
        tail = journal.hold(f"area_households:{area_id}")
        Households.objects.update_or_create(area=area, defaults={"count": count, "counted_on": counted_on})
        journal.record(actor, tail, TeamEvent.COUNTED, {"count": count, "counted_on": str(counted_on)}, area_path=area.path)
        changed(on_map=False)


def _end(member: TeamMember, last: date) -> None:
    if last < member.since:
        member.void = True
    else:
        member.until = last
    member.save(update_fields=["void", "until"])


def _insert(member: TeamMember) -> TeamMember:
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise Refusal(GridError.IN_TEAM_ALREADY, team=member.team.name) from error
    return member


def _team(actor: Actor, team_id: int) -> tuple[Team, list[Area]]:
    """The team, locked, and its areas, all of which the actor must be allowed to staff."""
    team = Team.objects.select_for_update().filter(pk=team_id).first()
    if team is None:
        raise Refusal(KernelError.NOT_FOUND)
    held = [changeable(actor, area_id, Right.STAFFING_MANAGE) for area_id in sorted(
        TeamArea.objects.filter(team=team).values_list("area_id", flat=True))]
    if team.until is not None and team.until < today() - timedelta(days=1):
        raise Refusal(GridError.TEAM_ENDED, team=team.name, until=team.until)
    return team, held


def _areas(actor: Actor, ids: Sequence[int]) -> list[Area]:
    wanted = sorted(set(ids))
    if not wanted or len(wanted) > MOST_AREAS:
        raise Refusal(GridError.BAD_TEAM, why=Words(f"区域须为 1 至 {MOST_AREAS} 个", f"a team has 1 to {MOST_AREAS} areas"))
    return [visible_to(active(changeable(actor, area_id, Right.STAFFING_MANAGE)), None) for area_id in wanted]


def _kind(code: str) -> TeamKind:
    kind = teams.kinds().get(code)
    if kind is None:
        raise Refusal(GridError.BAD_TEAM, why=Words("没有这类队伍", "there is no such kind of team"))
    return kind


def _name(text: str) -> str:
    name = " ".join(text.split())[:60]
    if not name or "\0" in name:
        raise Refusal(GridError.BAD_TEAM, why=Words("名称没有填写", "the name is missing"))
    return name
