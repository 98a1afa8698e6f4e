"""Mediations: a list of disputes (never of people), one with what was said for those who may read it, what can be chosen."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, reach
from jingwei.cases import mediation as rules
from jingwei.cases import timing
from jingwei.cases.commands.aside import permitted
from jingwei.cases.commands.mediation.sealed import opened
from jingwei.cases.commands.mediation.step import people_of, sides_of
from jingwei.cases.commands.step import may_see
from jingwei.cases.errors import CaseError
from jingwei.cases.mediation_team import TEAM_KIND, others_at, teams_at
from jingwei.cases.models import Case, Mediation, MediationFile, MediationSession, MediationVisit, Mediator
from jingwei.cases.queries.detail import seen_case
from jingwei.files import queries as files
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

MOST = 100
TABS = ("mine", "open", "ended")
_NOBODY = UUID(int=0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MediationLine:
    """A dispute as a list tells it. `due_at`: the next meeting, the next visit, else by when it is usually done. `mine`: they read it."""

    id: UUID
    case_id: UUID
    case_number: str
    area_name: str
    matter: str
    matter_name: str
    kind_name: str
    level_name: str
    state: str
    state_name: str
    outcome: str
    outcome_name: str
    lead_name: str
    parties: int
    sessions: int
    opened_at: datetime
    due_at: datetime | None
    late: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class MediationPage:
    rows: list[MediationLine] = field(default_factory=list)
    next: str | None = None


_COLUMNS = ("id", "case_id", "kind", "level", "matter", "state", "outcome", "lead", "parties", "sessions", "opened_at", "opened_by",
            "due_at", "next_at", "case__number", "case__area_now_id")


def list_mediations(actor: Actor, *, tab: str = "mine", matter: str = "", after: str = "", limit: int = 50) -> MediationPage:
    """One page, newest first. Three statements beside signing in: mediations, the visits due of them, generations."""
    known, limit = generations(), max(1, min(limit, MOST))
    rows = _within(actor, tab)
    if matter:
        if matter not in rules.matters():
            raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("纠纷类别", "matter"), value=matter[:40])
        rows = rows.filter(matter=matter)
    if after:
        at, last = _opened(after)
        rows = rows.filter(Q(opened_at__lt=at) | Q(opened_at=at, id__lt=last))
    found = list(rows.order_by("-opened_at", "-id").values(*_COLUMNS, "own")[:limit + 1])
    more, found = len(found) > limit, found[:limit]
    return MediationPage(_lines(actor, found, known), _cursor(found[-1]) if more else None)


def _within(actor: Actor, tab: str) -> QuerySet[Mediation]:
    if tab not in TABS:
        raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("页签", "tab"), value=tab[:40])
    person = actor.user_id or _NOBODY
    rows = Mediation.objects.annotate(own=Exists(Mediator.objects.filter(mediation=OuterRef("pk"), user=person, until=None)))
    mine = Q(own=True) | Q(opened_by=person)
    if tab == "mine":
        return rows.filter(mine).exclude(state="ended")
    inside = reach(actor, Right.CASE_READ, area="case__area_path", unit="case__unit_path")
    if inside is not None:
        rows = rows.filter(inside | mine)
    return rows.filter(state="ended") if tab == "ended" else rows.exclude(state="ended")


def _lines(actor: Actor, rows: Sequence[dict[str, Any]], known: dict[str, int]) -> list[MediationLine]:
    if not rows:
        return []
    names = accounts.names_of({row["lead"] for row in rows}, known)
    areas = grids.names_of({row["case__area_now_id"] for row in rows}, known)
    visits: dict[UUID, date] = {}
    ids = [row["id"] for row in rows if row["state"] == "visiting"]
    for mediation, day in MediationVisit.objects.filter(mediation__in=ids, result="").order_by("-due_on").values_list("mediation_id", "due_on"):
        visits[mediation] = day
    return [_line(actor, row, names, areas, visits.get(row["id"])) for row in rows]


def _line(actor: Actor, row: dict[str, Any], names: dict[UUID, str], areas: dict[int, tuple[str, str]], day: date | None) -> MediationLine:
    due_at = rules.end_of(day, timing.zone()) if day else row["next_at"] or row["due_at"]
    return MediationLine(
        id=row["id"], case_id=row["case_id"], case_number=row["case__number"], area_name=areas.get(row["case__area_now_id"], ("", ""))[1],
        matter=row["matter"], matter_name=_said(rules.matters(), row["matter"]), kind_name=_said(rules.kinds(), row["kind"]),
        level_name=_said(rules.levels(), row["level"]), state=row["state"], state_name=rules.STATES[row["state"]], outcome=row["outcome"],
        outcome_name=_outcome(row["outcome"]), lead_name=names.get(row["lead"], ""), parties=row["parties"], sessions=row["sessions"],
        opened_at=row["opened_at"], due_at=due_at, late=due_at is not None and due_at < clock.now(),
        mine=bool(row["own"]) or (actor.user_id is not None and row["opened_by"] == actor.user_id))


def _said(choices: dict[str, rules.Choice], code: str) -> str:
    found = choices.get(code)
    return found.name if found else code


def _outcome(code: str) -> str:
    return rules.OUTCOMES[code].name if code else ""


# --- one


@dataclass(frozen=True, slots=True)
class MediationDetail:
    """Whoever does not read it (`reads`) gets no parties, meetings, visits, terms, reasons or files: only that there is one."""

    mediation: dict[str, Any]
    deeds: list[dict[str, str]]
    people: list[dict[str, Any]]
    parties: list[dict[str, str]]
    sessions: list[dict[str, Any]]
    visits: list[dict[str, Any]]
    conclusions: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    files: list[dict[str, Any]]


def mediation_detail(actor: Actor, mediation_id: UUID) -> MediationDetail:
    """Eight statements at most beside signing in."""
    return _told(actor, Mediation.objects.filter(id=mediation_id).select_related("case").first())


def mediation_of_case(actor: Actor, case_id: UUID) -> MediationDetail:
    """The same, by its case."""
    return _told(actor, Mediation.objects.filter(case_id=case_id).select_related("case").first())


def _told(actor: Actor, mediation: Mediation | None) -> MediationDetail:
    if mediation is None:
        raise Refusal(KernelError.NOT_FOUND)
    case, people = mediation.case, people_of(mediation.id)
    sides, sees_case = sides_of(actor, case, mediation, people), may_see(case, actor)
    if not rules.inside(sides) and not sees_case:
        raise Refusal(KernelError.NOT_FOUND)
    reads, known = rules.inside(sides), generations()
    values = opened(mediation) if reads else {}
    sessions = list(MediationSession.objects.filter(mediation=mediation).order_by("number")) if reads else []
    visits = list(MediationVisit.objects.filter(mediation=mediation).order_by("number")) if reads else []
    named = {UUID(user) for one in sessions for user in one.people} | {one.by for one in visits if one.by} | {
        UUID(row["by"]) for row in values.get("conclusions", []) if row["by"] != "None"}
    names = accounts.names_of({*people, mediation.opened_by, *named}, known)
    return MediationDetail(
        mediation=_columns(mediation, case, names, known, reads=reads, sees_case=sees_case),
        deeds=[{"deed": deed, "name": rules.DEEDS[deed].name} for deed in rules.possible(mediation.state, sides)],
        people=[{"id": user, "name": names.get(user, ""), "lead": user == mediation.lead} for user in people],
        parties=[{"role": row["role"], "role_name": rules.ROLES[row["role"]]} for row in values.get("parties", [])],
        sessions=[_session(one, values, names) for one in sessions], visits=[_visit(one, values, names) for one in visits],
        conclusions=[_conclusion(row, names) for row in values.get("conclusions", [])],
        changes=values.get("changes", []), files=_files(mediation) if reads else [])


def _columns(mediation: Mediation, case: Case, names: dict[UUID, str], known: dict[str, int], *, reads: bool, sees_case: bool) -> dict[str, Any]:
    shown = {name: getattr(mediation, name) for name in (
        "id", "case_id", "kind", "level", "matter", "state", "outcome", "parties", "sessions", "opened_at", "due_at", "next_at", "concluded_at")}
    area = grids.place_of(case.area_now_id, known)
    due_at = mediation.next_at or mediation.due_at
    return shown | {
        "case_number": case.number, "sees_case": sees_case, "reads": reads, "area_name": area.name if area else "",
        "place": case.place, "about": case.text,
        "kind_name": _said(rules.kinds(), mediation.kind), "level_name": _said(rules.levels(), mediation.level),
        "matter_name": _said(rules.matters(), mediation.matter), "state_name": rules.STATES[mediation.state],
        "outcome_name": _outcome(mediation.outcome), "opened_by": names.get(mediation.opened_by, "") if mediation.opened_by else "",
        "late": due_at is not None and due_at < clock.now()}


def _session(one: MediationSession, values: dict[str, Any], names: dict[UUID, str]) -> dict[str, Any]:
    kept = values.get("sessions", {}).get(str(one.number), {})
    return {"number": one.number, "at": one.at, "people": [names.get(UUID(user), "") for user in one.people], "result": one.result,
            "result_name": rules.RESULTS[one.result], "place": kept.get("place", ""), "text": kept.get("text", "")}


def _visit(one: MediationVisit, values: dict[str, Any], names: dict[UUID, str]) -> dict[str, Any]:
    today = clock.now().astimezone(ZoneInfo(timing.zone())).date()
    return {"number": one.number, "due_on": one.due_on, "made_on": one.made_on, "result": one.result,
            "result_name": "不再回访" if one.result == rules.DROPPED else rules.VISIT_RESULTS.get(one.result, ""),
            "by": names.get(one.by, "") if one.by else "", "late": not one.result and one.due_on < today,
            "text": values.get("visits", {}).get(str(one.number), {}).get("text", "")}


def _conclusion(row: dict[str, Any], names: dict[UUID, str]) -> dict[str, Any]:
    by = UUID(row["by"]) if row["by"] != "None" else None
    return {"at": row["at"], "outcome": row["outcome"], "outcome_name": _outcome(row["outcome"]), "text": row["text"],
            "form_name": rules.FORMS.get(row.get("form", ""), ""), "agreed_on": row.get("agreed_on"), "by": names.get(by, "") if by else ""}


def _files(mediation: Mediation) -> list[dict[str, Any]]:
    return [dict(row) for row in MediationFile.objects.filter(mediation=mediation).order_by("id").values(
        "file_id", "deed", name=F("file__name"), media_type=F("file__media_type"))]


def open_mediation_file(actor: Actor, mediation_id: UUID, file_id: UUID) -> Any:
    """A document, for those who read the mediation."""
    mediation = Mediation.objects.filter(id=mediation_id).select_related("case").first()
    if (mediation is None or not rules.inside(sides_of(actor, mediation.case, mediation, people_of(mediation_id)))
            or not MediationFile.objects.filter(mediation=mediation_id, file_id=file_id).exists()):
        raise Refusal(KernelError.NOT_FOUND)
    return files.open_shown(file_id)


# --- what can be chosen


def mediation_choices(actor: Actor, case_id: UUID) -> dict[str, Any]:
    """For whoever may begin a mediation of this case, or has one of it in hand: kinds, levels, matters, and people: the teams of
    the place first, then others in a post there.
    """
    case, mediation = _of_those_who_choose(actor, case_id)
    kind = next(one for one in grids.team_kinds() if one.code == TEAM_KIND)
    teams = teams_at(case)
    listed = {one.user_id for team in teams for one in team.members}
    return {
        "kinds": _list(rules.kinds()), "levels": _list(rules.levels()),
        "matters": [{"code": row.code, "name": row.name, "visit_days": list(row.days)} for row in rules.matters().values()],
        "roles": [{"code": code, "name": name} for code, name in rules.ROLES.items()],
        "outcomes": [{"code": code, "name": row.name, "agreed": row.agreed} for code, row in rules.OUTCOMES.items()],
        "low": kind.low, "high": kind.high,
        "teams": [{"name": team.name, "members": [{"id": one.user_id, "name": one.user_name, "function_name": one.function_name}
                                                  for one in team.members]} for team in teams],
        "others": [{"id": user, "name": name} for user, name in others_at(case).items() if user not in listed],
        "mediation": mediation.id if mediation else None}


def _of_those_who_choose(actor: Actor, case_id: UUID) -> tuple[Case, Mediation | None]:
    mediation = Mediation.objects.filter(case_id=case_id).select_related("case").first()
    if mediation is None:
        case = seen_case(actor, case_id)
        permitted(case, actor, "mediate")
        return case, None
    sides = sides_of(actor, mediation.case, mediation, people_of(mediation.id))
    if not sides:
        raise Refusal(KernelError.NOT_FOUND)
    return mediation.case, mediation


def _list(choices: dict[str, rules.Choice]) -> list[dict[str, str]]:
    return [{"code": row.code, "name": row.name} for row in choices.values()]


def _cursor(row: dict[str, Any]) -> str:
    micros = (row["opened_at"] - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{micros}.{row['id']}".encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[datetime, UUID]:
    try:
        micros, last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(".")
        return _EPOCH + timedelta(microseconds=int(micros)), UUID(last)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Refusal(CaseError.UNKNOWN_PAGE, value=cursor[:40]) from error
