"""Samples of closed cases: which were announced and drawn, one with its figures and sheet, what waits for somebody to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import sampling_cases as rules
from jingwei.cases import workflow
from jingwei.cases.commands.sampling.held import manages, part_of, require_manager
from jingwei.cases.commands.step import permitted
from jingwei.cases.models import Case, CaseSample, Recheck
from jingwei.cases.queries.detail import seen_case
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.sampling import percent
from jingwei.kernel.wording import Words
from jingwei.worklist import queries as worklist

MOST = 200
OVER = ("finished", "stopped")


@dataclass(frozen=True, slots=True)
class CaseSampleLine:
    """A sample in the list. `done`: cases of which a result is known. `share`: right ones in percent, cut to two places."""

    id: UUID
    number: str
    title: str
    area: str
    area_name: str
    since: datetime
    until: datetime
    population: int
    asked: int
    size: int
    done: int
    wrong: int
    share: str
    state: str
    state_name: str
    announced_at: datetime
    drawn_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class SampleFigure:
    """`share`, `proven`: in percent, '' while nothing was judged. `proven`: with 95 % confidence at least so many of all."""

    code: str
    name: str
    size: int
    right: int
    wrong: int
    unclear: int
    reopened: int
    open: int
    share: str
    proven: str


@dataclass(frozen=True, slots=True)
class RecheckLine:
    """A drawn case on the sheet. `deeds`: look, hand (to another worker), reopen (the case), as this person may."""

    id: int
    place: int
    case_id: UUID
    number: str
    text: str
    where: str
    class_name: str
    unit_name: str
    case_state: str
    case_state_name: str
    outcome: str
    outcome_name: str
    found: str
    files: list[str]
    at: datetime | None
    person_name: str
    deeds: list[str]


@dataclass(frozen=True, slots=True)
class CaseSampleDetail:
    """`rows`: the sheet, for those who manage samples; for others once it is over, so that nobody mends what was drawn."""

    sample: CaseSampleLine
    classes: list[dict[str, str]]
    by: str
    days: int
    way: str
    way_name: str
    commitment: str
    source: str
    source_at: datetime | None
    digest: str
    seed: str
    reason: str
    said: str
    whole: SampleFigure
    units: list[SampleFigure]
    of_classes: list[SampleFigure]
    deeds: list[str]
    shown: bool
    rows: list[RecheckLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RecheckWaiting:
    """A closed case that waits for this person to look at it, or to find somebody who does (`unassigned`)."""

    id: int
    sample_id: UUID
    sample_number: str
    case_id: UUID
    number: str
    text: str
    where: str
    lon: float
    lat: float
    class_name: str
    closing: str
    due_at: datetime | None
    unassigned: bool


@dataclass(frozen=True, slots=True)
class RecheckOfCase:
    """A result, on the case itself."""

    sample_number: str
    outcome: str
    outcome_name: str
    text: str
    files: list[str]
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RecheckWorker:
    id: UUID
    name: str
    open: int


def seen_sample(actor: Actor, sample_id: UUID) -> CaseSample:
    """The sample, or the same refusal whether it does not exist or lies outside what the actor may see."""
    found = narrow(CaseSample.objects.defer("frame").filter(pk=sample_id), actor, Right.CASE_READ, area="area_path").first()
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return found


def list_case_samples(actor: Actor) -> list[CaseSampleLine]:
    """The newest within reach. Two statements beside signing in."""
    require(actor, Right.CASE_READ)
    rows = narrow(CaseSample.objects.defer("frame"), actor, Right.CASE_READ, area="area_path").annotate(
        size=Count("rechecks"), done=Count("rechecks", filter=~Q(rechecks__outcome="")),
        right=Count("rechecks", filter=Q(rechecks__outcome="right")), wrong=Count("rechecks", filter=Q(rechecks__outcome="wrong")))
    found = list(rows.order_by("-announced_at", "-id")[:MOST])
    names = grids.names_of({row.area_id for row in found}, generations())
    return [_line(row, row.size, row.done, row.right, row.wrong, names) for row in found]


def case_sample(actor: Actor, sample_id: UUID) -> CaseSampleDetail:
    """One sample whole. Four statements beside signing in."""
    known = generations()
    sample = seen_sample(actor, sample_id)
    every = list(Recheck.objects.filter(sample=sample).select_related("case").order_by("place"))
    manager = manages(actor, sample.area_path)
    shown = bool(every) and (manager or sample.state in OVER)
    outcomes = [row.outcome for row in every]
    whole = rules.figures(outcomes)
    book, units = catalogue.book(known), {row.code: row.name for row in accounts.unit_book(known).values()}
    classes = {code: row.name for code, row in book.by_code.items()} if every or sample.classes else {}
    people = accounts.names_of({row.person for row in every if row.person}, known) if manager else {}
    return CaseSampleDetail(
        sample=_line(sample, len(every), len(every) - whole.open, whole.right, whole.wrong, grids.names_of({sample.area_id}, known)),
        classes=[{"code": code, "name": classes.get(code, code)} for code in sample.classes], by=sample.by, days=sample.days, way=sample.way,
        way_name=rules.WAYS[sample.way], commitment=sample.commitment, source=sample.source, source_at=sample.source_at,
        digest=sample.digest, seed=sample.seed, reason=sample.reason, said=rules.said(whole), whole=_figure("", "全部", whole),
        units=_by([(row.unit, row.outcome) for row in every], units, "没有承办单位"), of_classes=_by([(row.class_code, row.outcome) for row in every], classes, "没有分类"),
        deeds=[deed for deed, (_, states) in rules.DEEDS.items() if manager and sample.state in states], shown=shown,
        rows=[_row(actor, row, sample, manager, people, units, classes) for row in every if _sees(actor, row.case)] if shown else [])


def my_rechecks(actor: Actor) -> list[RecheckWaiting]:
    """What waits for this person, soonest due first. Three statements beside signing in."""
    require(actor, Right.CASE_READ)
    due = worklist.waiting(actor, kinds=[rules.KIND], limit=MOST)
    ids = [int(each.subject.partition(":")[2]) for each in due]
    rows = {row.id: row for row in Recheck.objects.filter(id__in=ids).select_related("case", "sample").defer("sample__frame")}
    book = catalogue.book(generations())
    found = []
    for row in (rows[each] for each in ids if each in rows):
        case, entry, condition = row.case, book.classes.get(row.case.class_entry_id or 0), book.conditions.get(row.case.condition_id or 0)
        found.append(RecheckWaiting(
            row.id, row.sample_id, row.sample.number, case.id, case.number, case.text[:200], case.place, case.lon, case.lat,
            entry.name if entry else "", condition.closing if condition else "", row.sample.due_at, row.person is None))
    return found


def rechecks_of_case(actor: Actor, case_id: UUID) -> list[RecheckOfCase]:
    """The results of one case, the last first. Two statements beside signing in."""
    seen_case(actor, case_id)
    rows = Recheck.objects.filter(case_id=case_id, outcome__in=rules.OUTCOMES).select_related("sample").defer("sample__frame")
    return [RecheckOfCase(row.sample.number, row.outcome, rules.OUTCOME_NAMES[row.outcome], row.text, row.files, row.at)
            for row in rows.order_by("-at", "-id")]


def recheck_workers(actor: Actor, recheck_id: int) -> list[RecheckWorker]:
    """To whom the task may be handed: workers of the place who had no part in the case, with what they have of this sample."""
    row = Recheck.objects.select_related("case", "sample").defer("sample__frame").filter(pk=recheck_id).first()
    if row is None:
        raise Refusal(KernelError.NOT_FOUND)
    seen_sample(actor, row.sample_id)
    require_manager(actor, row.sample.area_path, Words("改派复核", "hand the re-check on"))
    kept_off = part_of(row.case)
    load = dict(Recheck.objects.filter(sample_id=row.sample_id, outcome="").values_list("person").annotate(many=Count("id")))
    return [RecheckWorker(person, name, load.get(person, 0)) for person, name in accounts.holders(rules.WORKER, row.case.area_path).items()
            if str(person) not in kept_off]


def _line(sample: CaseSample, size: int, done: int, right: int, wrong: int, names: Mapping[int, tuple[str, str]]) -> CaseSampleLine:
    code, name = names.get(sample.area_id, ("", ""))
    return CaseSampleLine(
        sample.id, sample.number, sample.title, code, name, sample.since, sample.until, sample.population, sample.asked, size, done, wrong,
        percent(right / (right + wrong)) if right + wrong else "", sample.state, rules.STATES[sample.state], sample.announced_at, sample.drawn_at, sample.due_at)


def _figure(code: str, name: str, found: rules.Figures) -> SampleFigure:
    return SampleFigure(code, name, found.size, found.right, found.wrong, found.unclear, found.reopened, found.open,
                        "" if found.share is None else percent(found.share), "" if found.proven is None else percent(found.proven))


def _by(rows: Sequence[tuple[str, str]], names: Mapping[str, str], without: str) -> list[SampleFigure]:
    """The figures of each unit or class, by code."""
    grouped: dict[str, list[str]] = {}
    for code, outcome in rows:
        grouped.setdefault(code, []).append(outcome)
    return [_figure(code, names.get(code, code) or without, rules.figures(grouped[code])) for code in sorted(grouped)]


def _sees(actor: Actor, case: Case) -> bool:
    return actor.covers(Right.CASE_READ.value, case.area_path, case.unit_path)


def _row(actor: Actor, row: Recheck, sample: CaseSample, manager: bool, people: Mapping[UUID, str], units: Mapping[str, str],
         classes: Mapping[str, str]) -> RecheckLine:
    case = row.case
    return RecheckLine(
        id=row.id, place=row.place, case_id=case.id, number=case.number, text=case.text[:120], where=case.place,
        class_name=classes.get(row.class_code, ""), unit_name=units.get(row.unit, row.unit), case_state=case.state,
        case_state_name=workflow.STATES[case.state][0], outcome=row.outcome, outcome_name=rules.OUTCOME_NAMES[row.outcome], found=row.text,
        files=row.files, at=row.at, person_name=people.get(row.person, "") if row.person and manager and not row.outcome else "",
        deeds=_deeds(actor, row, sample, manager))


def _deeds(actor: Actor, row: Recheck, sample: CaseSample, manager: bool) -> list[str]:
    if row.outcome == "wrong":
        return ["reopen"] if row.case.state == "closed" and _may_reopen(actor, row.case) else []
    if row.outcome or sample.state != "drawn" or not (manager or row.person == actor.user_id):
        return []
    return [*(["look"] if str(actor.user_id) not in part_of(row.case) else []), *(["hand"] if manager else [])]


def _may_reopen(actor: Actor, case: Case) -> bool:
    try:
        permitted(case, actor, "reopen")
    except Refusal:
        return False
    return True
