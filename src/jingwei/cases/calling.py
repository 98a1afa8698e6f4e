"""What a closing means for the reporter who left a number: somebody calls. Cases without a number cost nothing."""

from typing import TYPE_CHECKING

from jingwei.cases import calling_back, channels
from jingwei.cases.marks import marks_of, with_mark
from jingwei.cases.models import Case
from jingwei.worklist import commands as worklist

if TYPE_CHECKING:
    from jingwei.cases.commands.step import Moving


def follow(moving: "Moving", came_from: str) -> None:
    """Sets the mark when a case is closed, takes it away when it is opened again. One statement where it changes."""
    case = moving.case
    if case.state == "closed":
        asked = channels.called_back(*(moving.book.setting(name, case.area_path) for name in (channels.CALL_BACK, channels.SILENT)))
        if not calling_back.wanted(case.channel, bool(case.phone_hash), asked):
            return
        moving.set(marks=with_mark(case.marks, calling_back.MARK))
    elif came_from == "closed" and set(marks_of(case.marks)) & {calling_back.MARK, calling_back.DONE}:
        moving.set(marks=calling_back.forgotten(case.marks))
    else:
        return
    show_due(case)


def show_due(case: Case) -> None:
    """Keep the row of the due list in step with the mark."""
    if calling_back.MARK in marks_of(case.marks):
        worklist.put(subject(case), calling_back.KIND, area_path=case.area_path, due_at=None, since=case.state_at,
                     place=case.place, posts=calling_back.POSTS)
    else:
        worklist.drop(subject(case))


def subject(case: Case) -> str:
    return f"callback:{case.id}"
