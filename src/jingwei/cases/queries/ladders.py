"""The ladders in force at a place, each rung in words."""

from dataclasses import asdict, dataclass
from typing import Any

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import beside, flow_book, ladder, ladder_book, shipped, workflow
from jingwei.cases.ladder import Rung
from jingwei.catalogue.errors import CatalogueError
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

LEVEL_NAMES = {"": "", "community": "社区办理", "town": "镇街办理"}


@dataclass(frozen=True, slots=True)
class LadderLine:
    """The ladder of one stage. `own`: set for this very area; `set_at`: code of the
    area that set it, '*' for everywhere, '' as it was shipped. `faults`: what is wrong since the flow changed.
    """

    profile: str
    profile_name: str
    state: str
    state_name: str
    level: str
    level_name: str
    set_at: str
    own: bool
    rungs: list[dict[str, Any]]
    faults: list[dict[str, Any]]


def ladders(actor: Actor, area: str = "") -> list[LadderLine]:
    """Every stage in which a clock runs, for whoever may read the catalogue. `area`: a code, '' for everywhere."""
    if not actor.holds(Right.CATALOGUE_READ.value):
        raise no_right(actor, Right.CATALOGUE_READ)
    known = generations()
    place = grids.place_by_code(area, known) if area else None
    if area and (place is None or not actor.covers(Right.CATALOGUE_READ.value, place.path)):
        raise Refusal(CatalogueError.AREA_UNKNOWN, area=area[:40])
    path = place.path if place else ""
    local = ladder_book.read_local()
    codes = {one.path: one.code for one in grids.chain(place.area_id)} if place else {}
    found = []
    for code in shipped.flows():
        flow = flow_book.in_force(code, path, known)
        for state in (state for state in workflow.STATES if state in flow.clocks):
            for level in ladder.LEVELS if flow.levels and state == "handling" else ("",):
                rungs, at = ladder_book.at((code, state, level), path, local)
                found.append(LadderLine(
                    profile=code, profile_name=flow.name, state=state, state_name=workflow.STATES[state][0], level=level,
                    level_name=LEVEL_NAMES[level], set_at="" if at is None else codes.get(at, "*"), own=at == path,
                    rungs=[_rung(rung, number) for number, rung in enumerate(rungs, 1)],
                    faults=[{"rung": fault.rung, "why": ladder.FAULTS[fault.code][0]}
                            for fault in ladder.faults(flow, state, level, rungs)]))
    return found


def ladder_words() -> dict[str, Any]:
    """What may stand in a rung, by code, with the posts that may be told at each place."""
    return {
        "where": [{"code": code, "name": name, "posts": [{"code": post, "name": beside.POST_NAMES[post]} for post in posts]}
                  for code, (name, posts) in ladder.WHERE.items()],
        "does": [{"code": code, "name": name} for code, name in ladder.DOES.items()], "most": ladder.MOST}


def _rung(rung: Rung, number: int) -> dict[str, Any]:
    return asdict(rung) | {"said_when": ladder.said_when(rung.when), "said_whom": ladder.said_whom(rung), "number": number}
