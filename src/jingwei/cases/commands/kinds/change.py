"""Change the kind (改事件类别): a case that waits to be accepted goes on by another flow, with a clock begun anew."""

from uuid import UUID

from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.step import Moving, Taken, begin_anew, show_due
from jingwei.cases.events import KindEvent
from jingwei.cases.kind_choice import flow_for
from jingwei.cases.kind_errors import KindError
from jingwei.cases.kinds import name_of
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


def change_kind(actor: Actor, case_id: UUID, *, kind: str) -> Taken:
    """`kind`: '' for the ordinary one, else one of `kinds.KINDS`."""

    def change(moving: Moving) -> None:
        case, before = moving.case, moving.case.profile
        flow = flow_for(kind, moving.book, case.area_path, moving.generations)
        if flow.code == before:
            raise Refusal(KindError.SAME_KIND, kind=name_of(flow.code))
        moving.set(profile=flow.code, profile_version=flow.version)
        begin_anew(moving)
        moving.told |= {"kind": kind, "profile": flow.code, "profile_before": before, "step": case.step,
                        "text": f"{name_of(before)} → {name_of(flow.code)}"}
        show_due(case)

    case = aside(actor, case_id, "change_kind", KindEvent.CHANGED, change)
    return Taken(case.id, case.number, case.state, case.due_at)
