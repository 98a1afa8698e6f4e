"""The flow of a case as tables: who may do what in which state, and where it leads. Imports nothing.

A row is (state, action, roles, next state, duty, needs, asks):
- roles: the posts that may do it, towards this place and this unit;
- duty: the axis that the deed exercises; it is remembered by person (separation of duties, STF-14, AT-09);
- needs: facts about the case that must hold, each a name in NEEDS;
- asks: what the person must give with it.

Verify (核实) comes before filing, check (核查) before closing: standards §5, terms trap.
"""

START = ""

Words = tuple[str, ...] | list[str] | set[str] | frozenset[str]
Row = tuple[str, str, tuple[str, ...], str, str, tuple[str, ...], tuple[str, ...]]

# state -> Chinese name, kind: "open" has a clock, "held" has none, "ended" is over
STATES = {
    "reported": ("待受理", "open"),
    "verifying": ("核实中", "open"),
    "verified": ("待立案", "open"),
    "filed": ("待派遣", "open"),
    "handling": ("处置中", "open"),
    "suspended": ("已挂账", "held"),
    "passed_up": ("已上报区县", "open"),
    "fed_back": ("待确认反馈", "open"),
    "checking": ("核查中", "open"),
    "checked": ("待结案", "open"),
    "closed": ("已结案", "ended"),
    "refused": ("不予立案", "ended"),
    "void": ("已作废", "ended"),
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

# what a row may need of the case; each has its own refusal
NEEDS = ("verified_if_public", "check_passed", "extension_asked_or_given", "suspension_asked_or_given",
         "something_asked", "nothing_asked", "own_report", "handled_by_community", "held_by_unit", "filed_before")

_CENTRE = ("acceptor", "shift_leader")
_ANYONE = ("supervisor", "acceptor", "shift_leader", "dispatcher", "handler",
           "community_officer", "town_officer", "county_officer")

CITY = (
    (START, "report", _ANYONE, "reported", "report", (), ("place", "text")),
    ("reported", "ask_verify", _CENTRE, "verifying", "accept", (), ()),
    ("reported", "solve", ("supervisor",), "closed", "solve", ("own_report",), ("text",)),
    ("reported", "file", _CENTRE, "filed", "file", ("verified_if_public",), ("class",)),
    ("reported", "refuse", _CENTRE, "refused", "file", (), ("reason",)),
    ("verifying", "verify_true", ("supervisor",), "verified", "verify", (), ()),
    ("verifying", "verify_false", ("supervisor",), "reported", "verify", (), ("reason",)),
    ("verifying", "return", ("supervisor",), "reported", "verify", (), ("reason",)),
    ("verified", "file", _CENTRE, "filed", "file", ("verified_if_public",), ("class",)),
    ("verified", "refuse", _CENTRE, "refused", "file", (), ("reason",)),
    ("filed", "dispatch", ("dispatcher",), "handling", "command", (), ("unit",)),
    ("filed", "return", ("dispatcher",), "verified", "command", (), ("reason",)),
    ("filed", "void", ("shift_leader",), "void", "close", (), ("reason",)),
    ("handling", "sign", ("handler",), "handling", "handle", (), ()),
    ("handling", "hand_on", ("handler",), "handling", "handle", (), ("unit", "reason")),
    ("handling", "return", ("handler",), "filed", "handle", (), ("reason",)),
    ("handling", "ask_extension", ("handler",), "handling", "handle", ("nothing_asked",), ("reason", "limit")),
    ("handling", "ask_suspension", ("handler",), "handling", "handle", ("nothing_asked",), ("reason",)),
    ("handling", "extend", ("dispatcher",), "handling", "command", ("extension_asked_or_given",), ("reason", "limit")),
    ("handling", "suspend", ("dispatcher",), "suspended", "command", ("suspension_asked_or_given",), ("reason",)),
    ("handling", "decline", ("dispatcher",), "handling", "command", ("something_asked",), ("reason",)),
    ("handling", "feed_back", ("handler",), "fed_back", "handle", (), ("text",)),
    ("handling", "void", ("shift_leader",), "void", "close", (), ("reason",)),
    ("suspended", "resume", ("dispatcher",), "handling", "command", (), ()),
    ("suspended", "void", ("shift_leader",), "void", "close", (), ("reason",)),
    ("fed_back", "confirm", ("dispatcher",), "checking", "command", (), ()),
    ("fed_back", "rework", ("dispatcher",), "handling", "command", (), ("reason",)),
    ("checking", "check_pass", ("supervisor",), "checked", "check", (), ()),
    ("checking", "check_fail", ("supervisor",), "checked", "check", (), ("reason",)),
    ("checking", "return", ("supervisor",), "fed_back", "check", (), ("reason",)),
    ("checked", "close", ("shift_leader",), "closed", "close", ("check_passed",), ()),
    ("checked", "rework", _CENTRE, "handling", "close", (), ("reason",)),
    ("checked", "return", _CENTRE, "checking", "close", (), ("reason",)),
    ("closed", "reopen", ("shift_leader",), "filed", "close", ("filed_before",), ("reason",)),
    ("refused", "reopen", ("shift_leader",), "reported", "close", (), ("reason",)),
)

TOWNSHIP = (
    (START, "report", _ANYONE, "reported", "report", (), ("place", "text")),
    ("reported", "solve", ("supervisor",), "closed", "solve", ("own_report",), ("text",)),
    ("reported", "accept", ("community_officer",), "handling", "handle", (), ()),
    ("reported", "refuse", ("community_officer", "town_officer"), "refused", "file", (), ("reason",)),
    ("reported", "hand_on", ("community_officer",), "filed", "accept", (), ("reason",)),
    ("filed", "dispatch", ("town_officer",), "handling", "command", (), ("unit",)),
    ("filed", "pass_up", ("town_officer",), "passed_up", "command", (), ("reason",)),
    ("filed", "return", ("town_officer",), "reported", "command", (), ("reason",)),
    ("filed", "void", ("town_officer",), "void", "close", (), ("reason",)),
    ("handling", "sign", ("handler",), "handling", "handle", (), ()),
    ("handling", "hand_on", ("community_officer",), "filed", "handle", ("handled_by_community",), ("reason",)),
    ("handling", "return", ("handler",), "filed", "handle", (), ("reason",)),
    ("handling", "ask_extension", ("handler", "community_officer"), "handling", "handle", ("nothing_asked",),
     ("reason", "limit")),
    ("handling", "ask_suspension", ("handler", "community_officer"), "handling", "handle", ("nothing_asked",),
     ("reason",)),
    ("handling", "extend", ("town_officer",), "handling", "command", ("extension_asked_or_given",),
     ("reason", "limit")),
    ("handling", "suspend", ("town_officer",), "suspended", "command", ("suspension_asked_or_given",), ("reason",)),
    ("handling", "decline", ("town_officer",), "handling", "command", ("something_asked",), ("reason",)),
    ("handling", "feed_back", ("handler", "community_officer"), "checking", "handle", (), ("text",)),
    ("handling", "void", ("town_officer",), "void", "close", (), ("reason",)),
    ("suspended", "resume", ("town_officer",), "handling", "command", (), ()),
    ("suspended", "void", ("town_officer",), "void", "close", (), ("reason",)),
    ("passed_up", "feed_back", ("county_officer",), "checking", "handle", (), ("text",)),
    ("passed_up", "return", ("county_officer",), "filed", "handle", (), ("reason",)),
    ("checking", "check_pass", ("supervisor",), "checked", "check", (), ()),
    ("checking", "check_fail", ("supervisor",), "checked", "check", (), ("reason",)),
    ("checked", "close", ("town_officer",), "closed", "close", ("check_passed",), ()),
    ("checked", "rework", ("town_officer",), "handling", "close", ("held_by_unit",), ("reason",)),
    ("checked", "pass_up", ("town_officer",), "passed_up", "command", (), ("reason",)),
    ("checked", "return", ("town_officer",), "checking", "close", (), ("reason",)),
    ("closed", "reopen", ("town_officer",), "filed", "close", ("filed_before",), ("reason",)),
    ("refused", "reopen", ("town_officer",), "reported", "close", (), ("reason",)),
)

PROFILES = {
    "city": {"name": "城市（监督、指挥两轴）", "version": 1},
    "township": {"name": "乡镇三级", "version": 1},
}
_ROWS: dict[str, tuple[Row, ...]] = {"city": CITY, "township": TOWNSHIP}

# Nobody who did the first may do the second on the same case, whatever posts they hold.
APART = {
    "city": (("handle", "check"), ("handle", "close"), ("handle", "command"), ("file", "command"),
             ("check", "close"), ("command", "check")),
    "township": (("handle", "check"), ("handle", "close"), ("handle", "command"), ("check", "close"),
                 ("command", "check")),
}

# Which limit runs in a state: a stage limit of the catalogue ("stage:…"), or that of the filing standard ("class").
CLOCKS = {
    "city": {
        "reported": "stage:accept", "verifying": "stage:verify", "verified": "stage:file", "filed": "stage:dispatch",
        "handling": "class", "fed_back": "stage:confirm", "checking": "stage:check", "checked": "stage:close",
    },
    "township": {
        "reported": "stage:township_forward", "filed": "stage:township_forward", "handling": "class",
        "passed_up": "stage:township_county", "checking": "stage:check", "checked": "stage:close",
    },
}

# What its doer may take back for a moment, if nothing came since: steps that only moved the case. A decision about a
# clock, or a request for one, is answered by another decision instead.
UNDOABLE = frozenset({
    "ask_verify", "verify_true", "verify_false", "solve", "accept", "file", "refuse", "dispatch", "sign", "hand_on",
    "pass_up", "resume", "feed_back", "confirm", "check_pass", "check_fail", "rework", "return", "close", "reopen", "void",
})
UNDO_SECONDS = 60

# By which way a problem came to be known.
CHANNEL_NAMES = {
    "supervisor": "网格员上报", "hotline": "热线", "portal": "公众上报", "open311": "其他应用（Open311）", "letter": "来信",
    "video": "视频发现", "upper": "上级交办", "meeting": "会议交办", "import": "历史导入",
}
CHANNELS = tuple(CHANNEL_NAMES)

# Channels whose reports are verified on the spot before filing (product C1).
PUBLIC_CHANNELS = ("hotline", "portal", "open311", "letter")


def rows_of(profile: str) -> tuple[Row, ...]:
    """All rows of a profile. Raises KeyError for a profile that does not exist."""
    return _ROWS[profile]


def states_of(profile: str) -> set[str]:
    """The states that a case of this profile can be in."""
    return {row[3] for row in rows_of(profile)}


def find(profile: str, state: str, action: str) -> Row | None:
    """The row for an action in a state, or None: there is at most one."""
    for row in rows_of(profile):
        if row[0] == state and row[1] == action:
            return row
    return None


def decide(profile: str, state: str, action: str, roles: Words, *, duties: Words = (),
           facts: Words = ()) -> tuple[str, Row | tuple[str, ...] | str]:
    """Whether a person may do `action` now: ("yes", row), or (why not, detail).

    `roles`: posts held towards this case. `duties`: what this person did on it before.
    `facts`: the names in NEEDS that hold. Why not is one of: unknown_action, wrong_state (detail: actions
    possible now), wrong_role (detail: posts that may), apart (detail: the earlier duty), or a name of NEEDS.
    """
    if action not in ACTIONS:
        return "unknown_action", action
    row = find(profile, state, action)
    if row is None:
        return "wrong_state", tuple(other[1] for other in rows_of(profile) if other[0] == state)
    if not set(roles) & set(row[2]):
        return "wrong_role", row[2]
    for earlier, later in APART[profile]:
        if later == row[4] and earlier in duties:
            return "apart", earlier
    for need in row[5]:
        if need not in facts:
            return need, row
    return "yes", row


def possible(profile: str, state: str, roles: Words, *, duties: Words = (), facts: Words = ()) -> tuple[Row, ...]:
    """The rows that this person may do now, in the order of the table: exactly the buttons of the screen."""
    return tuple(row for row in rows_of(profile)
                 if row[0] == state and decide(profile, state, row[1], roles, duties=duties, facts=facts)[0] == "yes")
