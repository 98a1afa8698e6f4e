"""Refusals around meetings and what they decide."""

from jingwei.kernel.errors import ErrorCode, Kind


class MeetingError(ErrorCode):
    MEETING_NOT_YOURS = (
        "meeting.not_yours", Kind.FORBIDDEN,
        "没有执行“{action}”：这里的会议由{roles}召集和记录。请转给有此岗位的同事。",
        "“{action}” was not done: meetings here are held by {roles}. Pass it to a colleague in one of these posts.",
    )
    MEETING_OVER = (
        "meeting.over", Kind.CONFLICT,
        "没有执行“{action}”：会议{state}，记录不能再改。要补充的，请在下次会议中提出。",
        "“{action}” was not done: the meeting is {state} and stays as it is. Bring it up at the next one.",
    )
    MEETING_CHANGED = (
        "meeting.changed", Kind.CONFLICT,
        "没有保存：在您打开之后，同事又改过这份记录。请把您写的内容复制下来，刷新后再补上。",
        "Not saved: a colleague has changed these minutes since you opened them. Copy what you wrote, refresh, add it.",
    )
    MEETING_EXISTS = (
        "meeting.exists", Kind.CONFLICT,
        "没有重复保存：这个编号的内容已经有了。请刷新后查看。",
        "Not saved twice: something with this id is there already. Refresh and look.",
    )
    MEETING_KIND = (
        "meeting.kind", Kind.REFUSED,
        "没有开会议记录：没有“{kind}”这种会议，可选 {possible}。请改选后再提交。",
        "No meeting was made: there is no kind {kind}, only {possible}. Choose one of them.",
    )
    MEETING_AREA = (
        "meeting.area", Kind.REFUSED,
        "没有执行：没有编码为“{area}”的区域，或者不在您的责任范围内。请从列表中选择区域。",
        "Nothing was done: there is no area {area}, or it is not within yours. Choose one of the list.",
    )
    MEETING_WHEN = (
        "meeting.when", Kind.REFUSED,
        "没有保存：{what}“{value}”不可用，应在{from}至{until}之间。请改选日期。",
        "Not saved: {what} {value} cannot be used, it must lie between {from} and {until}. Choose another day.",
    )
    MEETING_PEOPLE = (
        "meeting.people", Kind.REFUSED,
        "没有保存：有 {count} 名人员在“{area}”没有岗位。请从人员列表中选择。",
        "Not saved: {count} of the people hold no post in {area}. Choose them from the list.",
    )
    MEETING_MANY = (
        "meeting.many", Kind.REFUSED,
        "没有保存：{what}最多 {most} 个。请减少后再提交。",
        "Not saved: there may be {most} {what} at most. Take some out and send again.",
    )
    MEETING_UNIT = (
        "meeting.unit", Kind.REFUSED,
        "没有保存：单位“{unit}”不存在或已停用。请从单位列表中选择。",
        "Not saved: the unit {unit} does not exist or is out of use. Choose one of the list.",
    )
    MEETING_HAS_DECISIONS = (
        "meeting.has_decisions", Kind.CONFLICT,
        "没有取消会议：会上已经定了 {count} 项，它们正在落实。请改为定稿，不再需要的事项逐项撤回。",
        "Not cancelled: {count} things were decided there and are being done. Settle it, and withdraw what is not needed.",
    )
    NO_ITEM = (
        "meeting.no_item", Kind.REFUSED,
        "没有执行：这次会议没有这个议题，可能已被同事删去。请刷新后再试。",
        "Nothing was done: this meeting has no such item; a colleague may have taken it off. Refresh and try again.",
    )
    ITEM_DECIDED = (
        "meeting.item_decided", Kind.CONFLICT,
        "没有删去议题：会上已就它作了决定。请保留，需要时在记录中说明。",
        "Not taken off: something was decided on this item. Leave it, and explain in the minutes where needed.",
    )
    DECISION_WAY = (
        "meeting.way", Kind.REFUSED,
        "没有记下决定：没有“{way}”这种落实方式，可选 {possible}。请改选后再提交。",
        "Nothing was decided: there is no way {way}, only {possible}. Choose one of them.",
    )
    DECISION_NO_CASE = (
        "meeting.no_case", Kind.REFUSED,
        "没有记下决定：没有编号为 {number} 的案件，或不在您的责任范围内。请核对编号。",
        "Nothing was decided: there is no case {number}, or it is not within your reach. Check the number.",
    )
    DECISION_NO_PLACE = (
        "meeting.no_place", Kind.REFUSED,
        "没有记下决定：登记为案件要有位置。请填写坐标，或按网格名称查找，也可以改用“交办”。",
        "Nothing was decided: a case needs a place. Give its coordinates, find a grid, or give it as a task.",
    )
    DECISION_NO_ONE = (
        "meeting.no_one", Kind.REFUSED,
        "没有记下决定：交办事项要写明由哪个单位或哪个人落实，二者选一。请补上后再提交。",
        "Nothing was decided: a task needs one unit or one person to do it. Name either and send again.",
    )
    DECISION_NOT_NOW = (
        "meeting.not_now", Kind.CONFLICT,
        "没有执行“{action}”：这一项现在是“{state}”。请刷新后按现状操作。",
        "“{action}” was not done: this is “{state}” now. Refresh and go on from there.",
    )
    DECISION_NOT_YOURS = (
        "meeting.decision_not_yours", Kind.FORBIDDEN,
        "没有执行“{action}”：这一项由{who}办理。请转给他们。",
        "“{action}” was not done: that is for {who}. Pass it to them.",
    )
