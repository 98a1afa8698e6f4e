"""A sample that is being changed: held, and permitted to whoever manages it. What is due of it."""

from uuid import UUID

from jingwei.accounts.queries import Right
from jingwei.cases import beside
from jingwei.cases import sampling_cases as rules
from jingwei.cases.models import Case, CaseSample, Recheck
from jingwei.cases.sampling_errors import SamplingError
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words
from jingwei.worklist import commands as worklist


def manages(actor: Actor, area_path: str) -> bool:
    """Whether this person holds a post that announces and draws, over the whole of an area."""
    return any(grant.role in rules.POSTS and grant.unit_path is None and grant.covers(area_path) for grant in actor.grants)


def post_words() -> Words:
    names = beside.POST_NAMES | {"evaluator": "评价员"}
    return Words("、".join(names[post] for post in rules.POSTS), ", ".join(rules.POSTS).replace("_", " "))


def require_manager(actor: Actor, area_path: str, deed: Words) -> None:
    if not manages(actor, area_path):
        raise Refusal(SamplingError.SAMPLE_NOT_YOURS, action=deed, posts=post_words())


def held_sample(actor: Actor, sample_id: UUID) -> tuple[journal.Tail, CaseSample]:
    """The subject and the row, locked until the transaction ends; not there for whoever may not read cases of its area."""
    tail = journal.hold(f"case_sample:{sample_id}")
    sample = CaseSample.objects.select_for_update(of=("self",)).defer("frame").filter(pk=sample_id).first()
    if sample is None or not actor.covers(Right.CASE_READ.value, sample.area_path):
        raise Refusal(KernelError.NOT_FOUND)
    return tail, sample


def permitted(actor: Actor, sample: CaseSample, deed: str) -> None:
    """Nothing, or the refusal by post or by state."""
    name, states = rules.DEEDS[deed]
    named = Words(name, f"{deed} the sample")
    require_manager(actor, sample.area_path, named)
    if sample.state not in states:
        raise Refusal(SamplingError.SAMPLE_NOT_NOW, action=named, state=Words(rules.STATES[sample.state], sample.state))


def put_due(recheck: Recheck, sample: CaseSample, case: Case) -> None:
    """One row for whoever looks, or for those who find somebody; none once it is done."""
    subject = f"{rules.KIND}:{recheck.id}"
    if recheck.outcome or sample.state != "drawn":
        worklist.drop(subject)
        return
    worklist.put(subject, rules.KIND, area_path=case.area_path, person=recheck.person, due_at=sample.due_at, since=sample.drawn_at or case.state_at,
                 place=case.place, posts=(rules.WORKER,) if recheck.person else rules.POSTS)


def part_of(case: Case) -> frozenset[str]:
    """Who had a part in a case and may not look at it again."""
    return rules.people_in(case.duties, case.reported_by, case.person)
