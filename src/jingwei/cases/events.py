"""What the journal says of cases: one verb per action of the flows, some of our own, and those of deeds beside the flow."""

from enum import Enum


class CaseEvent(Enum):
    REPORTED = "case.reported"
    VERIFY_ASKED = "case.verify_asked"
    VERIFIED = "case.verified"
    VERIFY_DENIED = "case.verify_denied"
    SOLVED = "case.solved"
    ACCEPTED = "case.accepted"
    FILED = "case.filed"
    REFUSED = "case.refused"
    DISPATCHED = "case.dispatched"
    SIGNED = "case.signed"
    HANDED_ON = "case.handed_on"
    PASSED_UP = "case.passed_up"
    SUBMITTED = "case.submitted"
    APPROVED = "case.approved"
    OBJECTED = "case.objected"
    GRANTED = "case.granted"
    FOLLOWED_UP = "case.followed_up"
    NOTED = "case.noted"
    REPLIED = "case.replied"
    EXTENSION_ASKED = "case.extension_asked"
    EXTENDED = "case.extended"
    SUSPENSION_ASKED = "case.suspension_asked"
    SUSPENDED = "case.suspended"
    DECLINED = "case.declined"
    RESUMED = "case.resumed"
    FED_BACK = "case.fed_back"
    CONFIRMED = "case.confirmed"
    CHECK_PASSED = "case.check_passed"
    CHECK_FAILED = "case.check_failed"
    REWORKED = "case.reworked"
    RETURNED = "case.returned"
    CLOSED = "case.closed"
    REOPENED = "case.reopened"
    VOIDED = "case.voided"
    IMPORTED = "case.imported"
    REVEALED = "case.revealed"
    UNDONE = "case.undone"
    TASK_PASSED = "case.task_passed"


class KindEvent(Enum):
    """Subject case:<id>. Data: the kinds and the flows before and after."""

    CHANGED = "case.kind_changed"


class HelpEvent(Enum):
    """Units that help with a case (协办)."""

    ASKED = "case.help_asked"
    SIGNED = "case.help_signed"
    DONE = "case.help_done"
    DECLINED = "case.help_declined"
    RELEASED = "case.help_released"


class CallEvent(Enum):
    """Calls back to reporters. Subject case:<id>; data: outcome, and what was said."""

    CALLED = "case.called_back"


class BatchEvent(Enum):
    """Subject batch:<id>: a table of new reports. Each row that became a case has its own `case.reported`."""

    BEGUN = "batch.begun"
    DONE = "batch.done"
    STOPPED = "batch.stopped"


class MinutesEvent(Enum):
    """Subject minutes:<id>, with the cases that came of it; FROM on each case:<id>, with title, date and place in the minutes."""

    FILED = "minutes.filed"
    FROM = "case.from_minutes"


class ClaimEvent(Enum):
    """The sum a complaint is about, in cents. Subject case:<id>."""

    CLAIMED = "case.claimed"
    SETTLED = "case.settled"


class SamplingEvent(Enum):
    """Subject case_sample:<id>. ANNOUNCED tells the digest of the list and of the seed (or where it will be published)."""

    ANNOUNCED = "case_sample.announced"
    DRAWN = "case_sample.drawn"
    HANDED = "case_sample.task_handed"
    FINISHED = "case_sample.finished"
    STOPPED = "case_sample.stopped"


class RecheckEvent(Enum):
    """Subject case:<id>. Data: the number of the sample, and what was found."""

    RIGHT = "case.recheck_right"
    WRONG = "case.recheck_wrong"
    UNCLEAR = "case.recheck_unclear"


class LetterEvent(Enum):
    """Subject letter:<id>, mailbox:<id>; JOINED on case:<id>, with the words that came to it."""

    CAME = "letter.came"
    TAKEN = "letter.taken"
    PUT_TO = "letter.put_to_case"
    DISCARDED = "letter.discarded"
    JOINED = "case.letter_joined"
    BOX_SET = "mailbox.set"
    BOX_DROPPED = "mailbox.dropped"
    BOX_TRIED = "mailbox.tried"


class MeetingEvent(Enum):
    """Subject meeting:<id>; on case:<id> that a meeting decided something about it. Minutes stay out of the journal."""

    CALLED = "meeting.called"
    CHANGED = "meeting.changed"
    GATHERED = "meeting.gathered"
    ITEM_ADDED = "meeting.item_added"
    ITEM_NOTED = "meeting.item_noted"
    ITEM_DROPPED = "meeting.item_dropped"
    DECIDED = "meeting.decided"
    DONE = "meeting.decision_done"
    REOPENED = "meeting.decision_reopened"
    WITHDRAWN = "meeting.decision_withdrawn"
    INHERITED = "meeting.decision_inherited"
    SETTLED = "meeting.settled"
    CANCELLED = "meeting.cancelled"
    ON_CASE = "case.meeting_decided"


class ProposalEvent(Enum):
    """Proposals of deputies. Subject proposal:<id>; data: from, to, unit, what was said; never who proposed it."""

    NOTED = "proposal.noted"
    VISITED = "proposal.visited"
    DRAFTED = "proposal.drafted"
    COUNTERSIGNED = "proposal.countersigned"
    DRAFT_RETURNED = "proposal.draft_returned"
    ANSWERED = "proposal.answered"
    CARRIED_OUT = "proposal.carried_out"
    WORK_RETURNED = "proposal.work_returned"
    CLOSED = "proposal.closed"
    ASSIGNED = "proposal.assigned"


class SourceEvent(Enum):
    """Systems that send by themselves. Subject source:<id>; never their secret."""

    SET = "source.set"
    SECRET_MADE = "source.secret_made"
    DROPPED = "source.dropped"


class UrgeEvent(Enum):
    """Subject case:<id>. Of an urging the words; of an escalation the rung, those passed over, and who is told."""

    URGED = "case.urged"
    ESCALATED = "case.escalated"


class OrderEvent(Enum):
    """Supervision orders. Subject case:<id>; data: order, number, unit, and what was said."""

    ISSUED = "case.order_issued"
    SIGNED = "case.order_signed"
    REPLIED = "case.order_replied"
    ACCEPTED = "case.order_accepted"
    RETURNED = "case.order_returned"
    WITHDRAWN = "case.order_withdrawn"


class UnitCaseEvent(Enum):
    """Subject case:<id>. A unit was taken out of use, and another has what it held."""

    INHERITED = "case.inherited"


class LadderEvent(Enum):
    """Subject ladder:<profile>/<state>/<level>/<area id or 'everywhere'>. Data: the rungs; null: the shipped ones again."""

    SET = "ladder.set"


class MergeEvent(Enum):
    MERGED = "case.merged"
    TOOK_IN = "case.took_in"
    UNMERGED = "case.unmerged"
    LET_GO = "case.let_go"
    FOLLOWED = "case.followed"


class AppealEvent(Enum):
    """An appeal against an overrun, on the case's own chain."""

    ASKED = "case.appealed"
    AGREED = "case.appeal_agreed"
    REFUSED_FIRST = "case.appeal_refused_first"
    GRANTED = "case.appeal_granted"
    REFUSED = "case.appeal_refused"
    WITHDRAWN = "case.appeal_withdrawn"


class RecountEvent(Enum):
    """Deadlines recounted after a work calendar was corrected."""

    ASKED = "recount.asked"
    DONE = "recount.done"
    MOVED = "case.recounted"
    WAKES = "case.suspension_recounted"


class MediationEvent(Enum):
    """Subject case:<id>: that there is one, who mediates, how it ended; what was said is nowhere in the journal."""

    OPENED = "case.mediation_opened"
    PARTIES_SET = "case.mediation_parties_set"
    TEAM_SET = "case.mediation_team_set"
    SESSION_HELD = "case.mediation_session_held"
    CONCLUDED = "case.mediation_concluded"
    VISITED = "case.mediation_visited"
    RESUMED = "case.mediation_resumed"
    REVEALED = "case.mediation_revealed"


class StandstillEvent(Enum):
    """What happens to a suspension beside the flow."""

    RENEWAL_ASKED = "case.renewal_asked"
    RENEWED = "case.suspension_renewed"
    ENDS_SOON = "case.suspension_ends_soon"


class SuggestionEvent(Enum):
    """Subject home:suggestions. Data: the model, from how many cases, how it was judged."""

    LEARNED = "suggestion.learned"


class FlowEvent(Enum):
    """Flows of a place's own."""

    DRAFTED = "flow.drafted"
    EDITED = "flow.edited"
    EDIT_UNDONE = "flow.edit_undone"
    DRAFT_DROPPED = "flow.draft_dropped"
    PUBLISHED = "flow.published"
    RETIRED = "flow.retired"


class ViewEvent(Enum):
    """Filters shared with an area: subject view:<id>. Their words stay out of the journal."""

    SHARED = "view.shared"
    CHANGED = "view.changed"
    WITHDRAWN = "view.withdrawn"


class ReferralEvent(Enum):
    """Subject referral:<id>; of the case that it came from case:<id>. Reasons and answers stand in the entries as
    ciphertext: only the two sides read them.
    """

    SENT = "referral.sent"
    SIGNED = "referral.signed"
    REFUSED = "referral.refused"
    ANSWERED = "referral.answered"
    PASSED_ON = "referral.passed_on"
    ENDED = "referral.ended"
    REVEALED = "referral.revealed"
    OVERDUE = "referral.overdue"
    FROM_CASE = "case.referred"


EVENT_OF = {
    "report": CaseEvent.REPORTED, "ask_verify": CaseEvent.VERIFY_ASKED, "verify_true": CaseEvent.VERIFIED,
    "verify_false": CaseEvent.VERIFY_DENIED, "solve": CaseEvent.SOLVED, "accept": CaseEvent.ACCEPTED,
    "file": CaseEvent.FILED, "refuse": CaseEvent.REFUSED, "dispatch": CaseEvent.DISPATCHED,
    "sign": CaseEvent.SIGNED, "hand_on": CaseEvent.HANDED_ON, "pass_up": CaseEvent.PASSED_UP,
    "submit": CaseEvent.SUBMITTED, "approve": CaseEvent.APPROVED, "object": CaseEvent.OBJECTED, "grant": CaseEvent.GRANTED,
    "follow": CaseEvent.FOLLOWED_UP, "note": CaseEvent.NOTED, "reply": CaseEvent.REPLIED,
    "ask_extension": CaseEvent.EXTENSION_ASKED, "extend": CaseEvent.EXTENDED,
    "ask_suspension": CaseEvent.SUSPENSION_ASKED, "suspend": CaseEvent.SUSPENDED, "decline": CaseEvent.DECLINED,
    "resume": CaseEvent.RESUMED, "feed_back": CaseEvent.FED_BACK, "confirm": CaseEvent.CONFIRMED,
    "check_pass": CaseEvent.CHECK_PASSED, "check_fail": CaseEvent.CHECK_FAILED, "rework": CaseEvent.REWORKED,
    "return": CaseEvent.RETURNED, "close": CaseEvent.CLOSED, "reopen": CaseEvent.REOPENED, "void": CaseEvent.VOIDED,
}
"""Action of a flow → verb of the journal."""

ACTION_OF = {event.value: action for action, event in EVENT_OF.items()}
"""Verb of the journal → action of a flow."""

SAID: dict[Enum, str] = {
    CaseEvent.REPORTED: "上报案件",
    CaseEvent.VERIFY_ASKED: "下发核实",
    CaseEvent.VERIFIED: "核实属实",
    CaseEvent.VERIFY_DENIED: "核实不属实",
    CaseEvent.SOLVED: "当场处置并办结",
    CaseEvent.ACCEPTED: "受理案件",
    CaseEvent.FILED: "立案",
    CaseEvent.REFUSED: "不予立案",
    CaseEvent.DISPATCHED: "派遣案件",
    CaseEvent.SIGNED: "签收案件",
    CaseEvent.HANDED_ON: "转交案件",
    CaseEvent.PASSED_UP: "上报区县",
    CaseEvent.SUBMITTED: "受理并报审",
    CaseEvent.APPROVED: "审核同意并公示",
    CaseEvent.OBJECTED: "公示有异议，退回审核",
    CaseEvent.GRANTED: "公示无异议，办结",
    CaseEvent.FOLLOWED_UP: "现场续报",
    CaseEvent.NOTED: "阅知结果，请回复群众",
    CaseEvent.REPLIED: "回复群众并办结",
    KindEvent.CHANGED: "更改事件类别",
    CaseEvent.EXTENSION_ASKED: "申请延期",
    CaseEvent.EXTENDED: "批准延期",
    CaseEvent.SUSPENSION_ASKED: "申请挂账",
    CaseEvent.SUSPENDED: "挂账",
    CaseEvent.DECLINED: "不同意申请",
    CaseEvent.RESUMED: "恢复办理",
    CaseEvent.FED_BACK: "反馈处置结果",
    CaseEvent.CONFIRMED: "确认反馈并批转核查",
    CaseEvent.CHECK_PASSED: "核查通过",
    CaseEvent.CHECK_FAILED: "核查不通过",
    CaseEvent.REWORKED: "退回返工",
    CaseEvent.RETURNED: "退回上一步",
    CaseEvent.CLOSED: "结案",
    CaseEvent.REOPENED: "重新打开案件",
    CaseEvent.VOIDED: "作废案件",
    CaseEvent.IMPORTED: "导入案件",
    FlowEvent.DRAFTED: "起草案件流程",
    FlowEvent.EDITED: "修改流程草稿",
    FlowEvent.EDIT_UNDONE: "撤销对流程草稿的修改",
    FlowEvent.DRAFT_DROPPED: "放弃流程草稿",
    FlowEvent.PUBLISHED: "发布案件流程",
    FlowEvent.RETIRED: "停用本地流程",
    CaseEvent.REVEALED: "查看案件中的个人信息",
    ReferralEvent.FROM_CASE: "报送其他单位签收",
    ReferralEvent.SENT: "报送事项",
    ReferralEvent.SIGNED: "签收报送",
    ReferralEvent.REFUSED: "退回报送",
    ReferralEvent.ANSWERED: "答复报送",
    ReferralEvent.PASSED_ON: "改送其他单位",
    ReferralEvent.ENDED: "办结报送",
    ReferralEvent.REVEALED: "查看报送中的个人信息",
    ReferralEvent.OVERDUE: "报送逾期未签收",
    CaseEvent.UNDONE: "撤销上一步",
    HelpEvent.ASKED: "请单位协办",
    HelpEvent.SIGNED: "协办单位签收",
    HelpEvent.DONE: "协办单位完成协办",
    HelpEvent.DECLINED: "协办单位退回协办",
    HelpEvent.RELEASED: "不再需要协办",
    CallEvent.CALLED: "回访上报人",
    BatchEvent.BEGUN: "开始批量登记",
    BatchEvent.DONE: "批量登记完成",
    BatchEvent.STOPPED: "停止批量登记",
    MinutesEvent.FILED: "登记会议纪要里的事项",
    MinutesEvent.FROM: "来自会议纪要",
    ClaimEvent.CLAIMED: "登记诉求金额",
    ClaimEvent.SETTLED: "登记落实金额",
    SamplingEvent.ANNOUNCED: "公告结案抽查",
    SamplingEvent.DRAWN: "抽取结案抽查的案件",
    SamplingEvent.HANDED: "改派抽查复核",
    SamplingEvent.FINISHED: "结案抽查完成",
    SamplingEvent.STOPPED: "停止结案抽查",
    RecheckEvent.RIGHT: "抽查复核：合格",
    RecheckEvent.WRONG: "抽查复核：不合格",
    RecheckEvent.UNCLEAR: "抽查复核：无法判断",
    LetterEvent.CAME: "收到来信",
    LetterEvent.TAKEN: "来信登记为案件",
    LetterEvent.PUT_TO: "来信并入案件",
    LetterEvent.DISCARDED: "来信不予登记",
    LetterEvent.JOINED: "并入了一封来信",
    LetterEvent.BOX_SET: "设定收信邮箱",
    LetterEvent.BOX_DROPPED: "不再收一个邮箱",
    LetterEvent.BOX_TRIED: "试连收信邮箱",
    MeetingEvent.CALLED: "召集会议",
    MeetingEvent.CHANGED: "修改会议记录",
    MeetingEvent.GATHERED: "汇总会议议题",
    MeetingEvent.ITEM_ADDED: "增加会议议题",
    MeetingEvent.ITEM_NOTED: "记录会议议题的结论",
    MeetingEvent.ITEM_DROPPED: "删去会议议题",
    MeetingEvent.DECIDED: "记下会议决定",
    MeetingEvent.DONE: "报告会议交办事项已落实",
    MeetingEvent.REOPENED: "重新交办会议决定",
    MeetingEvent.WITHDRAWN: "撤回会议交办事项",
    MeetingEvent.INHERITED: "单位停用，会议交办事项由接手单位办理",
    MeetingEvent.SETTLED: "会议记录定稿",
    MeetingEvent.CANCELLED: "取消会议",
    MeetingEvent.ON_CASE: "会议对案件作出决定",
    ProposalEvent.NOTED: "登记建议提案并交办",
    ProposalEvent.VISITED: "首次走访提出人",
    ProposalEvent.DRAFTED: "提交答复稿",
    ProposalEvent.COUNTERSIGNED: "会签答复稿",
    ProposalEvent.DRAFT_RETURNED: "退回重拟答复稿",
    ProposalEvent.ANSWERED: "二次走访，当面答复",
    ProposalEvent.CARRIED_OUT: "报告落实情况",
    ProposalEvent.WORK_RETURNED: "退回再落实",
    ProposalEvent.CLOSED: "办结建议提案",
    ProposalEvent.ASSIGNED: "改派建议提案的承办单位",
    SourceEvent.SET: "设定短信或视频接入",
    SourceEvent.SECRET_MADE: "生成接入密钥",
    SourceEvent.DROPPED: "删去短信或视频接入",
    UrgeEvent.URGED: "催办",
    UrgeEvent.ESCALATED: "超时升级，告知上一级",
    OrderEvent.ISSUED: "发出督办单",
    OrderEvent.SIGNED: "签收督办单",
    OrderEvent.REPLIED: "报告督办办理情况",
    OrderEvent.ACCEPTED: "同意督办办结",
    OrderEvent.RETURNED: "督办退回重办",
    OrderEvent.WITHDRAWN: "撤销督办单",
    UnitCaseEvent.INHERITED: "承办单位停用，由接手单位办理",
    LadderEvent.SET: "修改超时升级规则",
    SuggestionEvent.LEARNED: "由已结案件学习分类建议",
    CaseEvent.TASK_PASSED: "网格人员交接，任务转给接任者",
    MergeEvent.MERGED: "并入另一案件",
    MergeEvent.TOOK_IN: "并入了另一案件的内容",
    MergeEvent.UNMERGED: "拆分并案，恢复单独办理",
    MergeEvent.LET_GO: "拆出一件并案",
    MergeEvent.FOLLOWED: "随主办案件有了结果",
    RecountEvent.ASKED: "按更正后的工作日历重算到期时间",
    RecountEvent.DONE: "重算到期时间完成",
    RecountEvent.MOVED: "工作日历更正，到期时间已调整",
    RecountEvent.WAKES: "工作日历更正，挂账恢复时间已调整",
    AppealEvent.ASKED: "提出超期申诉",
    AppealEvent.AGREED: "超期申诉初审同意",
    AppealEvent.REFUSED_FIRST: "超期申诉初审不同意",
    AppealEvent.GRANTED: "超期申诉复审同意，豁免统计",
    AppealEvent.REFUSED: "超期申诉复审不同意",
    AppealEvent.WITHDRAWN: "撤回超期申诉",
    MediationEvent.OPENED: "开始调解",
    MediationEvent.PARTIES_SET: "修改调解当事人",
    MediationEvent.TEAM_SET: "更换调解员或层级",
    MediationEvent.SESSION_HELD: "记录一次调解",
    MediationEvent.CONCLUDED: "记录调解结果",
    MediationEvent.VISITED: "记录调解回访",
    MediationEvent.RESUMED: "再次调解",
    MediationEvent.REVEALED: "查看调解当事人",
    StandstillEvent.RENEWAL_ASKED: "申请续挂",
    StandstillEvent.RENEWED: "批准续挂",
    StandstillEvent.ENDS_SOON: "提醒挂账将到期",
    ViewEvent.SHARED: "共享筛选",
    ViewEvent.CHANGED: "修改共享的筛选",
    ViewEvent.WITHDRAWN: "收回共享的筛选",
}
"""Each verb as a sentence of the operation log."""
