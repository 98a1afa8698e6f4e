"""Proposals of the partition engine: what one would work on, how far one is, what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right, names_of
from jingwei.grids.ground_to_divide import ground_of
from jingwei.grids.models import Area, Proposal
from jingwei.grids.placing import BASE
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import spoken

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ProposalGround:
    """What a proposal for an area would work on. `missing`: sentences; it can begin when there are none."""

    communities: int
    communities_drawn: int
    streets: int
    buildings: int
    water: int
    units: int
    missing: list[str]

    @property
    def ready(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """`state`: waiting | running | done | failed | cancelled. `done`: share of the whole, 0 to 1. `said`: why it failed."""

    id: int
    title: str
    state: str
    stage: str
    stage_words: str
    done: float
    said: str
    plan_id: int | None
    created_at: datetime
    created_by_name: str
    report: dict[str, Any] | None


def proposal_ground(actor: Actor, area_id: int, language: str = "zh") -> ProposalGround:
    """The communities below an area, which of them are drawn, and what of the base map lies there."""
    if not actor.covers(Right.AREA_MANAGE.value, ""):
        raise no_right(actor, Right.AREA_MANAGE)
    area = Area.objects.filter(pk=area_id, system=BASE, status="active", plan__state="published").first()
    if area is None:
        raise Refusal(KernelError.NOT_FOUND)
    ground = ground_of(area)
    said = [spoken(words, language) for words in ground.missing]
    layers = ground.layers
    return ProposalGround(len(ground.communities), len(ground.outlines), layers.get("streets", 0), layers.get("buildings", 0),
                          layers.get("water", 0), ground.units, said)


def proposals(actor: Actor) -> list[ProposalLine]:
    """The last fifty, newest first, without their reports."""
    _permitted(actor)
    return _lines(list(Proposal.objects.order_by("-id")[:_SHOWN]), reports=False)


def proposal(actor: Actor, proposal_id: int) -> ProposalLine:
    """One with its report."""
    _permitted(actor)
    row = Proposal.objects.filter(pk=proposal_id).first()
    if row is None:
        raise Refusal(KernelError.NOT_FOUND)
    return _lines([row], reports=True)[0]


def _permitted(actor: Actor) -> None:
    if not actor.covers(Right.AREA_MANAGE.value, ""):
        raise no_right(actor, Right.AREA_MANAGE)


def _lines(rows: list[Proposal], *, reports: bool) -> list[ProposalLine]:
    from jingwei.grids.partition.progress import Stage

    stages = {stage.value: stage.words for stage in Stage}
    names = names_of([row.created_by for row in rows if row.created_by])
    return [ProposalLine(
        row.pk, row.title, row.state, row.stage, stages.get(row.stage, ""), row.done, row.said, row.plan_id, row.created_at,
        names.get(row.created_by, "") if row.created_by else "", row.report if reports else None) for row in rows]
