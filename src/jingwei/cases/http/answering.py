"""Which unit the rules name for a case, and why."""

from uuid import UUID

from jingwei.cases import queries
from jingwei.cases.http.addresses import router
from jingwei.catalogue.queries import Answerable
from jingwei.kernel.asking import Asking


@router.get("/cases/{case_id}/responsible", response=Answerable, summary="按规则由哪个单位处置，为什么")
def responsible_for(request: Asking, case_id: UUID) -> Answerable:
    """By class, place, owner of the part and the present time. `behind`: what would decide without the rule that does."""
    return queries.responsible_for(request.auth, case_id)
