"""A sample drawn again from what was published: the list, the seed, the draw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from jingwei.accounts.queries import Right
from jingwei.cases import sampling_cases as rules
from jingwei.cases.commands.sampling.held import manages
from jingwei.cases.events import SamplingEvent
from jingwei.cases.models import CaseSample, Recheck
from jingwei.cases.queries.sampling import OVER, seen_sample
from jingwei.cases.sampling_errors import SamplingError
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class SampleProof:
    name: str
    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class SampleChecked:
    """`sound`: everything that can be recomputed by now agrees with what the journal told."""

    number: str
    state: str
    sound: bool
    proofs: list[SampleProof]


def check_sample(actor: Actor, sample_id: UUID) -> SampleChecked:
    """Recompute a sample: what was announced stands in the journal, the list is kept, the draw follows from both."""
    sample = seen_sample(actor, sample_id)
    told: dict[str, tuple[datetime, dict[str, Any]]] = {
        entry.verb: (entry.at, orjson.loads(entry.data)) for entry in journal.history(f"case_sample:{sample_id}")}
    announced_at, announced = told[SamplingEvent.ANNOUNCED.value]
    drawn_at, drawing = told.get(SamplingEvent.DRAWN.value, (None, None))
    kept = list(Recheck.objects.filter(sample=sample).order_by("place").values_list("case__number", flat=True))
    found = [SampleProof(proof.name, proof.holds, proof.words)
             for proof in rules.proofs(announced, announced_at, drawing, drawn_at, _frame(sample), kept)]
    return SampleChecked(sample.number, sample.state, all(proof.holds for proof in found), found)


def sample_frame(actor: Actor, sample_id: UUID) -> bytes:
    """The list itself, byte for byte as its digest was announced: before the sample is over for those who manage it only."""
    sample = seen_sample(actor, sample_id)
    if not manages(actor, sample.area_path) and not (sample.state in OVER and actor.covers(Right.CASE_READ.value, sample.area_path)):
        raise Refusal(SamplingError.SAMPLE_NOT_NOW, action=Words("下载名单", "download the list"), state=Words(rules.STATES[sample.state], sample.state))
    return _frame(sample).encode()


def sample_by_number(actor: Actor, number: str) -> UUID:
    """The sample with this number."""
    found = CaseSample.objects.filter(number=number).values_list("id", flat=True).first() if "\0" not in number else None
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return seen_sample(actor, found).id


def _frame(sample: CaseSample) -> str:
    return rules.unpacked(bytes(sample.frame))
