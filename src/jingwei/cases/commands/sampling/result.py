"""What somebody found who looked at a closed case again."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from jingwei.cases import sampling_cases as rules
from jingwei.cases.commands import rows
from jingwei.cases.commands.attach import attach
from jingwei.cases.commands.sampling.held import manages, part_of, post_words, put_due
from jingwei.cases.commands.step import TEXT_MOST, Moving, held
from jingwei.cases.errors import CaseError
from jingwei.cases.events import RecheckEvent, SamplingEvent
from jingwei.cases.marks import with_mark, without_mark
from jingwei.cases.models import Recheck
from jingwei.cases.sampling_errors import SamplingError
from jingwei.cases.words import blank
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

_EVENT = {"right": RecheckEvent.RIGHT, "wrong": RecheckEvent.WRONG, "unclear": RecheckEvent.UNCLEAR}


def give_result(actor: Actor, recheck_id: int, *, outcome: str, text: str = "", files: Sequence[UUID] = ()) -> str:
    """Right, wrong or not to be told, with photos; what is not right is said in words. Returns the state of the sample.

    The case stays closed: whether a wrong one is opened again the shift leader decides.
    """
    found = Recheck.objects.filter(pk=recheck_id).values_list("sample_id", "case_id").first()
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    with transaction.atomic(savepoint=False):
        sample_tail = journal.hold(f"case_sample:{found[0]}")  # first, so that of two last results one sees the other
        tail, case = held(actor, found[1])
        row = Recheck.objects.select_related("sample").defer("sample__frame").get(pk=recheck_id)
        sample = row.sample
        _permit(actor, row, part_of(case), case.area_path)
        if outcome not in rules.OUTCOMES:
            raise Refusal(SamplingError.RECHECK_OUTCOME, outcome=outcome[:20], possible=Words(
                "、".join(f"{name}（{zh}）" for name, zh in rules.OUTCOMES.items()), ", ".join(rules.OUTCOMES)))
        if outcome != "right" and blank(text):
            raise Refusal(CaseError.MISSING, action=Words("提交复核结果", "give the result"), what=Words("情况说明", "text"))
        moving = Moving(actor, case, rules.KIND, clock.now(), generations())
        if not blank(text):
            moving.tell("text", text, TEXT_MOST)
        attach(moving, files)
        row.outcome, row.text, row.files = outcome, moving.told.get("text", ""), moving.told.get("files", [])
        row.by, row.at = actor.user_id, moving.now
        row.save(update_fields=["outcome", "text", "files", "by", "at"])
        put_due(row, sample, case)
        _mark(moving, outcome)
        if moving.changed:
            rows.update(case, moving.changed)
        journal.record(actor, tail, _EVENT[outcome], {**moving.told, "sample": sample.number}, area_path=case.area_path)
        if not Recheck.objects.filter(sample=sample, outcome="").exists():
            sample.state, sample.ended_at = "finished", moving.now
            sample.save(update_fields=["state", "ended_at"])
            told = rules.figures(list(Recheck.objects.filter(sample=sample).values_list("outcome", flat=True)))
            journal.record(actor, sample_tail, SamplingEvent.FINISHED, {
                "number": sample.number, "size": told.size, "right": told.right, "wrong": told.wrong, "unclear": told.unclear}, area_path=sample.area_path)
        return sample.state


def _permit(actor: Actor, row: Recheck, part: frozenset[str], area_path: str) -> None:
    """Whoever it waits for, or a post that manages samples; nobody who had a part in the case."""
    if (actor.user_id is None or row.person != actor.user_id) and not manages(actor, area_path):
        raise Refusal(SamplingError.RECHECK_OTHERS, posts=post_words())
    if row.outcome or row.sample.state != "drawn":
        raise Refusal(SamplingError.RECHECK_GIVEN)
    if str(actor.user_id) in part:
        raise Refusal(SamplingError.RECHECK_PART, who=Words("您", "you"), posts=Words("网格员", "the workers"))


def _mark(moving: Moving, outcome: str) -> None:
    """The tag of the case tells of the last result."""
    marks = moving.case.marks
    for old in rules.MARKS.values():
        marks = without_mark(marks, old)
    if outcome in rules.MARKS:
        marks = with_mark(marks, rules.MARKS[outcome])
    if marks != moving.case.marks:
        moving.set(marks=marks)
