"""Who may mediate at a case's place: the mediation teams over it first, then whoever holds a post there."""

from collections.abc import Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from jingwei.accounts import queries as accounts
from jingwei.cases import timing
from jingwei.cases.mediation import POSTS
from jingwei.cases.models import Case
from jingwei.grids import queries as grids
from jingwei.kernel import clock

TEAM_KIND = "mediation"
OFFERED = ("community_officer", "town_officer", "handler", "supervisor")
"""Posts whose people may be added: those that know the place, and the units that mediate (justice office, departments)."""


def teams_at(case: Case) -> list[grids.TeamLine]:
    """The mediation teams over the place, in whichever grid system they stand, the nearest first."""
    paths = [case.area_path]
    if case.lon is not None and case.lat is not None:
        paths += [place.path for place in grids.locate_all(case.lon, case.lat).values()]
    return grids.teams_over(TEAM_KIND, paths, on=clock.now().astimezone(ZoneInfo(timing.zone())).date())


def others_at(case: Case) -> dict[UUID, str]:
    """Names by id of people in posts over the place."""
    return accounts.in_posts(OFFERED, case.area_path)


def may_mediate(case: Case, people: Iterable[UUID]) -> set[UUID]:
    """Those of `people` who work here now and are in a team or a post over the place."""
    wanted = set(people)
    found = {one.user_id for team in teams_at(case) for one in team.members} & wanted
    found = accounts.active_people(found) if found else found
    if wanted - found:
        found |= accounts.in_posts((*OFFERED, *POSTS), case.area_path).keys() & wanted
    return found
