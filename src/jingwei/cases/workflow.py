"""The words of flows: states, actions, posts, duties, needs, asks, signs, channels. Imports nothing.

Which of them follow each other stands in the documents of `flows/` (`flow.py`): code knows what each action does,
a flow only says who may do it when. Verify (核实) comes before filing, check (核查) before closing: standards §5, terms trap.
"""

START = ""

# state -> Chinese name, kind: "open" has a clock, "held" has none, "ended" is over
STATES = {
    "reported": ("待受理", "open"),
    "verifying": ("核实中", "open"),
    "verified": ("待立案", "open"),
    "filed": ("待派遣", "open"),
    "handling": ("处置中", "open"),
    "suspended": ("已挂账", "held"),
    "passed_up": ("已上报区县", "open"),
    "reviewing": ("待审核", "open"),
    "publicising": ("公示中", "open"),
    "fed_back": ("待确认反馈", "open"),
    "replying": ("待回复群众", "open"),
    "checking": ("核查中", "open"),
    "checked": ("待结案", "open"),
    "closed": ("已结案", "ended"),
    "refused": ("不予立案", "ended"),
    "void": ("已作废", "ended"),
    "merged": ("已并案", "ended"),  # part of another case, see merging.py; no row of a flow leads here
}

# action -> name on the button, what is said of it in the timeline
ACTIONS = {
    "report": ("上报", "上报了问题"),
    "ask_verify": ("下发核实", "下发核实任务"),
    "verify_true": ("核实属实", "核实属实"),
    "verify_false": ("核实不属实", "核实不属实"),
    "solve": ("当场处置并办结", "当场处置并办结"),
    "accept": ("受理并办理", "受理并开始办理"),
    "file": ("立案", "立案"),
    "refuse": ("不予立案", "不予立案"),
    "dispatch": ("派遣", "派遣给责任单位"),
    "sign": ("签收", "签收了任务"),
    "submit": ("受理报审", "受理并报镇街审核"),
    "approve": ("同意并公示", "审核同意，开始公示"),
    "object": ("公示有异议", "公示有异议，退回审核"),
    "grant": ("公示无异议，办结", "公示无异议，办结"),
    "follow": ("现场续报", "续报了现场情况"),
    "note": ("阅知并请回复", "阅知结果，请回复群众"),
    "reply": ("回复群众", "回复了群众"),
    "hand_on": ("转交", "转交办理"),
    "pass_up": ("上报区县", "上报区县办理"),
    "ask_extension": ("申请延期", "申请延期"),
    "extend": ("批准延期", "批准延期"),
    "ask_suspension": ("申请挂账", "申请挂账"),
    "suspend": ("挂账", "挂账（暂停计时）"),
    "decline": ("不同意申请", "不同意申请"),
    "resume": ("恢复办理", "恢复办理（继续计时）"),
    "feed_back": ("反馈结果", "反馈处置结果"),
    "confirm": ("批转核查", "确认反馈并批转核查"),
    "check_pass": ("核查通过", "核查通过"),
    "check_fail": ("核查不通过", "核查不通过"),
    "rework": ("返工", "退回返工"),
    "return": ("退回", "退回上一步"),
    "close": ("结案", "结案"),
    "reopen": ("重新打开", "重新打开"),
    "void": ("作废", "作废"),
}

# post -> name; the posts themselves are those of accounts.rights, compared by a test
ROLE_NAMES = {
    "supervisor": "网格员（监督员）", "acceptor": "受理员", "shift_leader": "值班长", "dispatcher": "派遣员",
    "handler": "处置人员", "community_officer": "村社区办理员", "town_officer": "镇街网格办",
    "county_officer": "区县受理单位",
}

# duty -> what one did
DUTIES = {
    "report": "上报", "accept": "受理", "solve": "当场处置", "verify": "核实", "file": "立案", "command": "派遣协调",
    "handle": "处置", "check": "核查", "close": "结案",
}

# what a unit may have asked for and waits to hear about
ASKED = {"": "", "extension": "延期", "suspension": "挂账"}

# what a row may need of the case -> in words; each has its own refusal
NEEDS = {
    "verified_if_public": "先核实的渠道要已核实属实", "check_passed": "核查已通过", "extension_asked_or_given": "没有申请挂账",
    "suspension_asked_or_given": "没有申请延期", "something_asked": "有延期或挂账申请待批", "nothing_asked": "没有待批的申请",
    "own_report": "是本人上报的", "handled_by_community": "由村社区在办", "held_by_unit": "有单位承办", "filed_before": "不是当场办结的", "publicity_over": "公示期已满",
    "mediated": "调解已有结果",
}

# what a person may have to give with a deed
ASKS = {"place": "位置", "text": "情况说明", "reason": "理由", "class": "分类", "unit": "单位", "limit": "时限"}

# what a case may show beside its state; which step is the usual one may hang on it
SIGNS = {
    "unsigned": "还没有签收", "extension_asked": "申请了延期", "suspension_asked": "申请了挂账", "verify_missing": "还没有核实",
    "verify_denied": "核实不属实", "check_failed": "核查不通过",
}

# What its doer may take back for a moment, if nothing came since: steps that only moved the case. What was told from the
# scene or published stays; a decision about a clock, or a request for one, is answered by another decision instead.
UNDOABLE = frozenset({
    "ask_verify", "verify_true", "verify_false", "solve", "accept", "file", "refuse", "dispatch", "sign", "hand_on",
    "pass_up", "resume", "feed_back", "confirm", "check_pass", "check_fail", "rework", "return", "close", "reopen", "void",
    "submit", "object", "grant", "note", "reply",
})
UNDO_SECONDS = 60

# By which way a problem came to be known.
CHANNEL_NAMES = {
    "supervisor": "网格员上报", "hotline": "热线", "portal": "公众上报", "open311": "其他应用（Open311）", "letter": "来信",
    "video": "视频发现", "upper": "上级交办", "meeting": "会议交办", "import": "历史导入",
}
CHANNELS = tuple(CHANNEL_NAMES)
