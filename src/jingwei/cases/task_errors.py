"""Refusals around tasks on the spot: who may do them, and what a photo or a place is to tell."""

from jingwei.kernel.errors import ErrorCode, Kind


class TaskError(ErrorCode):
    PHOTOS_WANTED = (
        "case.photos_wanted", Kind.REFUSED,
        "没有执行“{action}”：还缺{shots}照片（{why}）。请补拍，并选好是哪一种；现场不能拍的，写明原因后不用拍。",
        "“{action}” was not done: photos are missing: {shots} ({why}). Take them and say which is which, or give the reason why none can be taken.",
    )
    UNKNOWN_SHOT = (
        "case.unknown_shot", Kind.INVALID,
        "没有保存：没有“{shot}”这种照片，可用{possible}。请改选后再提交。",
        "Not saved: there is no photo of the kind {shot}; there are {possible}. Choose one of them.",
    )
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
