"""Refusals around kinds of event and what is publicised."""

from jingwei.kernel.errors import ErrorCode, Kind


class KindError(ErrorCode):
    UNKNOWN_KIND = (
        "case.unknown_kind", Kind.REFUSED,
        "没有执行：没有“{kind}”这一类事件，可选 {possible}；一般类不用填。请改选后再提交。",
        "Not done: there is no kind {kind}, only {possible}; leave it empty for the ordinary kind. Choose one of them.",
    )
    NO_KINDS = (
        "case.no_kinds", Kind.REFUSED,
        "没有执行：这个地方不分事件类别，案件都按“{flow}”办理。请把类别留空，直接上报。",
        "Not done: cases here are not told apart by kind, all run by {flow}. Leave the kind empty and report.",
    )
    SAME_KIND = (
        "case.same_kind", Kind.CONFLICT,
        "没有更改：这件案件已经是{kind}。请刷新后按现状办理。",
        "Nothing changed: the case is of this kind ({kind}) already. Refresh and go on from there.",
    )
    STILL_PUBLIC = (
        "case.still_public", Kind.CONFLICT,
        "没有执行“{action}”：公示期还没有满。请到期后再办；有人提出异议的，请选“公示有异议”。",
        "“{action}” was not done: the public notice still runs. Wait for its end, or enter the objection that was made.",
    )
    PERSONAL = (
        "case.publicity_personal", Kind.REFUSED,
        "没有公示：公示内容里有{what}，公示后人人都能看到。请删去后再提交，需要时写“张某”。",
        "Not published: the words hold {what}, which everybody would see. Take it out and send again.",
    )
    NOWHERE = (
        "case.publicity_nowhere", Kind.CONFLICT,
        "没有公示：这件案件的位置上没有同时查到村社区和镇街，不能两级公示。请让区域管理员核对网格后再办。",
        "Not published: no community and town are known above this place. Have the area's administrator check the grids.",
    )
