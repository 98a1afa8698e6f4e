"""What is due of a mediation, on the one list of everything due: the next meeting for who is in charge, each visit on its day."""

from collections.abc import Iterable
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import mediation as rules
from jingwei.cases import timing
from jingwei.cases.models import Case, Mediation, MediationVisit
from jingwei.worklist import commands as worklist


def open_visits(mediation: Mediation) -> list[MediationVisit]:
    """Those that nobody has made yet."""
    return list(MediationVisit.objects.filter(mediation=mediation, result="").order_by("due_on", "number"))


def show_due(case: Case, mediation: Mediation, visits: Iterable[MediationVisit]) -> None:
    """Keep the rows in step. Without a place: leaders read this list, and a place may be somebody's home."""
    posts, unit_path = _stands(mediation.lead, case)
    subject = f"mediation:{mediation.id}"
    if mediation.state == "mediating":
        worklist.put(subject, "mediation", area_path=case.area_path, unit_path=unit_path, person=mediation.lead,
                     due_at=mediation.next_at or mediation.due_at, since=mediation.state_at, posts=posts)
    else:
        worklist.drop(subject)
    for visit in visits:
        worklist.put(f"visit_after:{visit.id}", "visit_after", area_path=case.area_path, unit_path=unit_path, person=mediation.lead,
                     due_at=rules.end_of(visit.due_on, timing.zone()), since=mediation.state_at, posts=posts)


def drop_visit(visit: MediationVisit) -> None:
    worklist.drop(f"visit_after:{visit.id}")


def _stands(user: UUID, case: Case) -> tuple[list[str], str]:
    """The posts in which the one in charge reaches the case's place, and the unit that ties them to it.

    Somebody without a post there (a lawyer of the team) finds it under their own mediations alone.
    """
    reached = [grant for grant in accounts.grants_of(user)
               if Right.CASE_READ.value in grant.rights and grant.covers(case.area_path, grant.unit_path)]
    free = [grant for grant in reached if grant.unit_path is None]
    if free or not reached:
        return sorted({grant.role for grant in free}), ""
    return [reached[0].role], reached[0].unit_path or ""
