"""Draw an announced sample: the seed is revealed, the cases follow from it, each gets somebody who had no part in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import clock as clocks
from jingwei.cases import sampling_cases as rules
from jingwei.cases import timing
from jingwei.cases.commands.sampling.announce import LONGEST_SOURCE, secret_of
from jingwei.cases.commands.sampling.held import held_sample, part_of, permitted, put_due
from jingwei.cases.events import SamplingEvent
from jingwei.cases.models import Case, CaseSample, Recheck
from jingwei.cases.sampling_errors import SamplingError
from jingwei.cases.words import blank, checked
from jingwei.catalogue import queries as catalogue
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    """`unassigned`: cases for which no worker of the place is free of a part in them."""

    id: UUID
    number: str
    seed: str
    size: int
    unassigned: int
    due_at: datetime | None


def draw_sample(actor: Actor, sample_id: UUID, *, seed: str = "") -> SampleDrawn:
    """`seed`: the words of the public source as they were published; of a committed one it is the installation's own."""
    with transaction.atomic(savepoint=False):
        tail, sample = held_sample(actor, sample_id)
        permitted(actor, sample, "draw")
        now = clock.now()
        sample.seed = _seed(sample, seed, now)
        sample.state, sample.drawn_at, sample.due_at = "drawn", now, _due(sample, now)
        frame = {one.number: one for one in rules.read_frame(rules.unpacked(bytes(sample.frame)))}
        numbers = rules.drawn(frame.values(), sample.asked, sample.seed, sample.by)
        rechecks = _keep(sample, numbers, frame)
        if all(row.outcome for row in rechecks):
            sample.state, sample.ended_at = "finished", now
        sample.save(update_fields=["seed", "state", "drawn_at", "due_at", "ended_at"])
        journal.record(actor, tail, SamplingEvent.DRAWN, {
            "number": sample.number, "seed": sample.seed, "size": len(numbers), "sheet": rules.digest("\n".join(numbers)), "due_at": sample.due_at},
            area_path=sample.area_path)
        return SampleDrawn(sample.id, sample.number, sample.seed, len(numbers), sum(not row.person and not row.outcome for row in rechecks), sample.due_at)


def _seed(sample: CaseSample, given: str, now: datetime) -> str:
    if sample.way == "committed":
        secret = secret_of(sample.id)
        if rules.digest(secret) != sample.commitment:
            raise Refusal(SamplingError.SAMPLE_SEED_LOST)
        return secret
    assert sample.source_at is not None
    if now < sample.source_at:
        raise Refusal(SamplingError.SAMPLE_EARLY, at=sample.source_at.astimezone(ZoneInfo(timing.zone())).strftime("%Y-%m-%d %H:%M"))
    if blank(given) or "\n" in given.strip():
        raise Refusal(SamplingError.SAMPLE_SEED, most=LONGEST_SOURCE, source=sample.source)
    return checked(given, "seed", LONGEST_SOURCE)


def _due(sample: CaseSample, now: datetime) -> datetime | None:
    known = generations()
    limit = clocks.Limit(Decimal(sample.days), clocks.Unit.WORK_DAY)
    return clocks.due(now, limit, timing.calendar_in_force(known, sample.area_path),
                      convention=catalogue.book(known).setting("work_day_convention", sample.area_path)).at


def _keep(sample: CaseSample, numbers: Sequence[str], frame: dict[str, rules.Listed]) -> list[Recheck]:
    """The sheet, by number; what was opened again since the announcement is kept on it, and nobody has to look."""
    cases = sorted(Case.objects.filter(number__in=numbers), key=lambda case: case.number)
    workers: dict[str, dict[UUID, str]] = {}
    wanted = []
    for case in cases:
        if case.state == "closed":
            if case.area_path not in workers:
                workers[case.area_path] = accounts.holders(rules.WORKER, case.area_path)
            kept_off = part_of(case)
            wanted.append((case.id, [person for person in workers[case.area_path] if str(person) not in kept_off]))
    person_of = rules.handed(wanted)
    Recheck.objects.bulk_create([Recheck(
        sample=sample, place=place, case=case, unit=frame[case.number].unit, class_code=frame[case.number].entry,
        person=person_of.get(case.id), outcome="" if case.state == "closed" else rules.REOPENED) for place, case in enumerate(cases, 1)])
    kept = list(Recheck.objects.filter(sample=sample).select_related("case").order_by("place"))
    for row in kept:
        if not row.outcome:
            put_due(row, sample, row.case)
    return kept
