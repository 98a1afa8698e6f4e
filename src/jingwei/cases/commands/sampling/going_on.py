"""A sample goes on: a task is handed to somebody else; the whole is stopped."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import sampling_cases as rules
from jingwei.cases.commands.sampling.held import held_sample, part_of, permitted, put_due, require_manager
from jingwei.cases.commands.step import REASON_MOST
from jingwei.cases.errors import CaseError
from jingwei.cases.events import SamplingEvent
from jingwei.cases.models import Recheck
from jingwei.cases.sampling_errors import SamplingError
from jingwei.cases.words import blank, checked
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.masking import mask
from jingwei.kernel.wording import Words


def hand_recheck(actor: Actor, recheck_id: int, person: UUID) -> None:
    """Another worker of the place looks, one who had no part in the case."""
    sample_id = Recheck.objects.filter(pk=recheck_id).values_list("sample_id", flat=True).first()
    if sample_id is None:
        raise Refusal(KernelError.NOT_FOUND)
    with transaction.atomic(savepoint=False):
        tail, sample = held_sample(actor, sample_id)
        require_manager(actor, sample.area_path, Words("改派复核", "hand the re-check on"))
        row = Recheck.objects.select_related("case").get(pk=recheck_id)
        if row.outcome or sample.state != "drawn":
            raise Refusal(SamplingError.RECHECK_GIVEN)
        if person not in accounts.holders(rules.WORKER, row.case.area_path):
            raise Refusal(SamplingError.RECHECK_NO_WORKER)
        if str(person) in part_of(row.case):
            raise Refusal(SamplingError.RECHECK_PART, who=Words("这个人", "this person"), posts=Words("网格员", "the workers"))
        row.person = person
        row.save(update_fields=["person"])
        put_due(row, sample, row.case)
        journal.record(actor, tail, SamplingEvent.HANDED, {"place": row.place, "to": str(person)}, area_path=sample.area_path)


def leave_recheck(actor: Actor, recheck_id: int, leaving: UUID, heir: UUID | None, reached: Sequence[Grant]) -> None:
    """Whoever was to look leaves the grid: the heir looks, where they may, or those above find somebody. Part of a hand-over."""
    sample_id = Recheck.objects.filter(pk=recheck_id).values_list("sample_id", flat=True).first()
    tail = journal.hold(f"case_sample:{sample_id}")
    row = Recheck.objects.select_related("case", "sample").defer("sample__frame").filter(pk=recheck_id, person=leaving, outcome="").first()
    if row is None or row.sample.state != "drawn":
        return  # somebody looked meanwhile
    may = heir is not None and str(heir) not in part_of(row.case) and any(grant.covers(row.case.area_path) for grant in reached)
    row.person = heir if may else None
    row.save(update_fields=["person"])
    put_due(row, row.sample, row.case)
    journal.record(actor, tail, SamplingEvent.HANDED, {"place": row.place, "to": str(row.person) if row.person else None},
                   area_path=row.sample.area_path)


def stop_sample(actor: Actor, sample_id: UUID, *, reason: str) -> None:
    """No more is looked at: announced by mistake, or overtaken. What was found stays."""
    with transaction.atomic(savepoint=False):
        tail, sample = held_sample(actor, sample_id)
        permitted(actor, sample, "stop")
        if blank(reason):
            raise Refusal(CaseError.MISSING, action=Words(rules.DEEDS["stop"][0], "stop the sample"), what=Words("理由", "reason"))
        sample.reason = mask(checked(reason, "reason", REASON_MOST)).text[:REASON_MOST]
        sample.state, sample.ended_at = "stopped", clock.now()
        sample.save(update_fields=["reason", "state", "ended_at"])
        left = list(Recheck.objects.filter(sample=sample, outcome="").select_related("case"))
        for row in left:
            put_due(row, sample, row.case)
        journal.record(actor, tail, SamplingEvent.STOPPED, {"number": sample.number, "reason": sample.reason, "left": len(left)},
                       area_path=sample.area_path)
