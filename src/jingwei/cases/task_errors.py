"""Refusals around tasks on the spot: who may do them, and what a photo or a place is to tell."""

from jingwei.kernel.errors import ErrorCode, Kind


class TaskError(ErrorCode):
    KEPT_OFF = (
        "case.task_kept_off", Kind.FORBIDDEN,
        "没有下发：{name}在这件案件上做过“{earlier}”，按职责分离规定不能再去{task}。{who}",
        "Not sent: {name} did “{earlier}” on this case, which is kept apart from the {task}. {who}",
    )
    SECOND_PERSON = (
        "case.second_person", Kind.FORBIDDEN,
        "没有执行“{action}”：您在这件案件上做过“{earlier}”，按职责分离规定须由另一人来做。{who}",
        "“{action}” was not done: you did “{earlier}” on this case, and duties are kept apart. {who}",
    )
