"""Refusals of cases. Those around searching and shared views stand in `search_errors.py`, around urging and orders in `order_errors.py`."""

from jingwei.kernel.errors import ErrorCode, Kind


class CaseError(ErrorCode):
    UNKNOWN_ACTION = (
        "case.unknown_action", Kind.INVALID,
        "没有执行：没有名为“{action}”的操作。请按接口说明选择操作。",
        "Nothing was done: there is no action {action}. Choose one that the interface describes.",
    )
    WRONG_STATE = (
        "case.wrong_state", Kind.CONFLICT,
        "没有执行“{action}”：案件现在是“{state}”，此时可做：{possible}。请刷新后按现状操作。",
        "“{action}” was not done: the case is “{state}”, where these are possible: {possible}. Refresh and go on.",
    )
    NOT_NOW = (
        "case.not_now", Kind.CONFLICT,
        "没有执行“{action}”：案件现在是“{state}”，此时不能这样做。请刷新后按现状操作。",
        "“{action}” was not done: the case is “{state}”, where this is not possible. Refresh and go on.",
    )
    MERGED = (
        "case.merged", Kind.CONFLICT,
        "没有执行“{action}”：{number} 已并入 {leader}，不再单独办理。请到 {leader} 办理；并错了的，请先拆分并案。",
        "“{action}” was not done: {number} is part of {leader} and does not move by itself. Go to {leader}, or un-merge it first.",
    )
    MERGED_INTO_ITSELF = (
        "case.merged_into_itself", Kind.INVALID,
        "没有并案：不能把一件案件并入它自己。请另选主办案件。",
        "Not merged: a case cannot become part of itself. Choose another to lead.",
    )
    MERGED_INTO_ENDED = (
        "case.merged_into_ended", Kind.CONFLICT,
        "没有并案：{number} 已经办结，不能再并入案件。同一处的问题又发生的，请单独办理，系统会标明“重复发生”。",
        "Not merged: {number} is over. A problem that came back is handled by itself and marked as a repeat.",
    )
    MERGED_ACROSS = (
        "case.merged_across", Kind.CONFLICT,
        "没有并案：两件案件不在同一区县，或走的不是同一种流程（另一件是 {number}）。请分别办理。",
        "Not merged: the two lie in different counties or run by different flows (the other is {number}). Handle them apart.",
    )
    MERGED_APART = (
        "case.merged_apart", Kind.FORBIDDEN,
        "没有并案：与 {number} 合并后，同一人会既做过“{first}”又做过“{second}”，按职责分离规定不可以。请分别办理。",
        "Not merged: with {number} one person would have done both “{first}” and “{second}”, which are kept apart. Handle them apart.",
    )
    NOT_MERGED = (
        "case.not_merged", Kind.CONFLICT,
        "没有拆分：{number} 没有并入别的案件。请刷新后再看。",
        "Nothing to un-merge: {number} is part of no other case. Refresh and look again.",
    )
    MOVED_ON = (
        "case.moved_on", Kind.CONFLICT,
        "没有执行：在您查看之后，这件案件又有了新的进展。请刷新后按现状操作。",
        "Nothing was done: something has happened to the case since you looked at it. Refresh and go on from there.",
    )
    UNDO_NOT_YOURS = (
        "case.undo_not_yours", Kind.CONFLICT,
        "没有撤销：这件案件的最后一步不是您办理的，或在您办理之后又有了新的进展。请刷新后按现状操作。",
        "Not taken back: the last step of this case is not yours, or something came after it. Refresh and go on from there.",
    )
    UNDO_TOO_LATE = (
        "case.undo_too_late", Kind.CONFLICT,
        "没有撤销：只能在办理后 {seconds} 秒内撤销。需要更正的，请用“退回”“返工”或“重新打开”，或联系现在的办理人。",
        "Not taken back: that is possible for {seconds} seconds. To correct it, return or reopen it, or ask who has it now.",
    )
    UNDO_NEVER = (
        "case.undo_never", Kind.CONFLICT,
        "没有撤销：“{action}”不能撤销。需要更正的，请作出新的处理（如同意、不同意或补充说明）。",
        "Not taken back: “{action}” cannot be undone. To correct it, decide anew.",
    )
    WRONG_ROLE = (
        "case.wrong_role", Kind.FORBIDDEN,
        "没有执行“{action}”：流程规定由{roles}来做，您对这件案件没有这个岗位。请转给有此岗位的同事。",
        "“{action}” was not done: the flow gives it to {roles}, which you are not for this case. Pass it to one who is.",
    )
    APART = (
        "case.apart", Kind.FORBIDDEN,
        "没有执行“{action}”：同一件案件上您做过“{earlier}”，按职责分离规定须由另一人来做。请转给同岗位的其他同事。",
        "“{action}” was not done: you did “{earlier}” on this case and duties are kept apart. Another person must do it.",
    )
    FLOW_AREA = (
        "case.flow_area", Kind.REFUSED,
        "没有改流程：没有编码为 {area} 的区域，或者不在您的管理范围内。请从列表中选择区域。",
        "No flow was changed: there is no area {area}, or it is not yours. Choose one of the list.",
    )
    FLOW_VERSION = (
        "case.flow_version", Kind.NOT_FOUND,
        "没有找到流程“{flow}”的第 {version} 版。请从版本列表中选择。",
        "There is no version {version} of the flow {flow}. Choose one of the list.",
    )
    FLOW_DRAFT_THERE = (
        "case.flow_draft_there", Kind.CONFLICT,
        "没有新起草稿：“{flow}”在此处已有一份草稿，每处每个流程只有一份。请继续修改它，或先放弃它。",
        "No draft was made: {flow} has one here already, and there is one at a time. Go on with it or drop it first.",
    )
    FLOW_NO_DRAFT = (
        "case.flow_no_draft", Kind.CONFLICT,
        "没有执行：“{flow}”在此处没有草稿，可能已被发布或放弃。请先起一份草稿。",
        "Nothing was done: {flow} has no draft here; it may have been published or dropped. Make one first.",
    )
    FLOW_EDITED = (
        "case.flow_edited", Kind.CONFLICT,
        "没有保存：在您查看之后，别人又改过这份草稿。请刷新后再改。",
        "Not saved: somebody has changed this draft since you looked at it. Refresh and change it then.",
    )
    FLOW_ROW = (
        "case.flow_row", Kind.REFUSED,
        "没有保存：“{state}”里没有“{action}”这一步。请刷新后选择现有的一步，或把它加进去。",
        "Not saved: there is no {action} in {state}. Refresh and choose a step that is there, or add it.",
    )
    FLOW_ROW_THERE = (
        "case.flow_row_there", Kind.REFUSED,
        "没有保存：“{state}”里已有“{action}”这一步，每个环节同样的操作只有一个。请改现有的那一步。",
        "Not saved: {action} stands in {state} already, and there is one of each. Change that one.",
    )
    FLOW_UNREADABLE = (
        "case.flow_unreadable", Kind.REFUSED,
        "没有采用：流程文件的“{where}”写着“{what}”，这里不能这样写。请对照导出的文件改正。",
        "Not taken: the flow says {what} at {where}, which means nothing there. Compare it with an exported one.",
    )
    FLOW_FAULTS = (
        "case.flow_faults", Kind.REFUSED,
        "没有发布：检查发现 {count} 个问题，第一个是：{first}。请改正后再发布。",
        "Not published: the check found {count} faults. The first: {first}. Correct them and publish then.",
    )
    FLOW_SAME = (
        "case.flow_same", Kind.CONFLICT,
        "没有发布：草稿与现行版本一样。请先修改，或放弃草稿。",
        "Not published: the draft is the same as what is in force. Change it or drop it.",
    )
    FLOW_NO_EDIT = (
        "case.flow_no_edit", Kind.CONFLICT,
        "没有撤销：这份草稿没有可撤销的修改了。需要重来的，请放弃草稿另起一份。",
        "Nothing was undone: the draft has no edit left to take back. To begin anew, drop it and make another.",
    )
    FLOW_NOT_LOCAL = (
        "case.flow_not_local", Kind.CONFLICT,
        "没有停用：“{flow}”在此处没有发布过自己的版本，用的是上级或随产品的流程。不需要办理。",
        "Nothing was retired: {flow} has no version of its own here. It follows the area above or the product.",
    )
    NOT_VERIFIED = (
        "case.not_verified", Kind.CONFLICT,
        "没有立案：公众反映的问题须先现场核实属实。请先下发核实任务。",
        "Not filed: what the public reports is verified on the spot first. Send a verification task.",
    )
    CHECK_NOT_PASSED = (
        "case.check_not_passed", Kind.CONFLICT,
        "没有结案：现场核查没有通过。请退回返工，或重新核查。",
        "Not closed: the check on the spot was not passed. Send it back for rework or have it checked again.",
    )
    OTHER_ASKED = (
        "case.other_asked", Kind.CONFLICT,
        "没有执行“{action}”：处置单位提出的是另一项申请（{asked}）。请先答复该申请。",
        "“{action}” was not done: the unit asked for something else ({asked}). Answer that first.",
    )
    NOTHING_ASKED = (
        "case.nothing_asked", Kind.CONFLICT,
        "没有执行“{action}”：现在没有待答复的申请。请刷新后再看。",
        "“{action}” was not done: nothing is waiting for an answer. Refresh and look again.",
    )
    ALREADY_ASKED = (
        "case.already_asked", Kind.CONFLICT,
        "没有提交申请：上一项申请（{asked}）还没有答复。请等待答复，或联系派遣员。",
        "Not sent: an earlier request ({asked}) still waits. Wait for the answer or call the dispatcher.",
    )
    NOT_OWN_REPORT = (
        "case.not_own_report", Kind.FORBIDDEN,
        "没有办结：当场办结只限上报人本人。请由受理员立案。",
        "Not closed: only the person who reported may close on the spot. Let an acceptor file it.",
    )
    NO_HOLDER = (
        "case.no_holder", Kind.CONFLICT,
        "没有执行“{action}”：这件案件由区县办理，镇街没有承办单位可退。请改用“上报区县”再次上报。",
        "“{action}” was not done: the county holds this case, no unit of the town. Pass it up to the county again.",
    )
    NOT_WITH_COMMUNITY = (
        "case.not_with_community", Kind.CONFLICT,
        "没有转交：案件已不在村（社区）办理。请联系现在的办理单位。",
        "Not passed on: the case is no longer with the community. Speak to the unit that holds it.",
    )
    NEVER_FILED = (
        "case.never_filed", Kind.CONFLICT,
        "没有执行“{action}”：这件案件是当场处置办结的，没有核实和立案。问题仍在的，请重新上报。",
        "“{action}” was not done: the case was solved on the spot, never verified or filed. If it is still there, report it anew.",
    )
    MISSING = (
        "case.missing", Kind.REFUSED,
        "没有执行“{action}”：缺少{what}。请补上后再提交。",
        "“{action}” was not done: {what} is missing. Add it and send again.",
    )
    TOO_LONG = (
        "case.too_long", Kind.REFUSED,
        "没有保存：{what}超过 {most} 个字符。请缩短后再提交。",
        "Not saved: {what} is longer than {most} characters. Shorten it and send again.",
    )
    BAD_TEXT = (
        "case.bad_text", Kind.REFUSED,
        "没有保存：{what}里有不能保存的控制字符。请删去后再提交。",
        "Not saved: {what} holds control characters that cannot be kept. Remove them and send again.",
    )
    NO_AREA = (
        "case.no_area", Kind.REFUSED,
        "没有上报：位置（{lon}, {lat}）不在本区任何网格内。请在地图上核对位置，或联系管理员补划网格。",
        "Not reported: the place ({lon}, {lat}) lies in no grid. Check it on the map or ask for the grid to be drawn.",
    )
    BAD_PLACE = (
        "case.bad_place", Kind.REFUSED,
        "没有上报：位置（{lon}, {lat}）不是有效的经纬度。请重新定位，或在地图上点选。",
        "Not reported: ({lon}, {lat}) is no longitude and latitude. Locate again or choose on the map.",
    )
    OUTSIDE = (
        "case.outside", Kind.FORBIDDEN,
        "没有上报：位置在您的责任范围之外（{area}）。请联系该处的网格员，或拨打服务热线。",
        "Not reported: the place is outside your area ({area}). Tell its grid worker or call the hotline.",
    )
    EXISTS = (
        "case.exists", Kind.CONFLICT,
        "没有重复上报：这个编号的案件已经收到。请在“我的上报”里查看。",
        "Not reported twice: a case with this id has already arrived. Look under your reports.",
    )
    UNKNOWN_CLASS = (
        "case.unknown_class", Kind.REFUSED,
        "没有保存：分类“{code}”不在现行目录里。请从目录中重新选择。",
        "Not saved: the class {code} is not in the catalogue in force. Choose one that is.",
    )
    UNKNOWN_CONDITION = (
        "case.unknown_condition", Kind.REFUSED,
        "没有立案：所选立案条件不属于这个分类。请重新选择条件。",
        "Not filed: the filing condition does not belong to this class. Choose again.",
    )
    UNKNOWN_UNIT = (
        "case.unknown_unit", Kind.REFUSED,
        "没有派遣：单位“{unit}”不存在或已停用。请另选责任单位。",
        "Not dispatched: the unit {unit} does not exist or is inactive. Choose another.",
    )
    OTHER_TREE = (
        "case.other_tree", Kind.REFUSED,
        "没有转交：只能转给本单位的下级单位。转给其他单位请退回派遣员重新派遣。",
        "Not passed on: only to a unit below your own. For another unit, return it to the dispatcher.",
    )
    NO_RULE = (
        "case.no_rule", Kind.CONFLICT,
        "没有派遣：分类“{code}”在此处还没有责任单位规则。请手动选择单位，或请管理员补充规则。",
        "Not dispatched: no rule names a responsible unit for class {code} here. Choose one, or have the rule added.",
    )
    TOO_FEW_TO_LEARN = (
        "case.too_few_to_learn", Kind.CONFLICT,
        "没有学习：有分类的已结案件只有 {count} 件，设置 suggest_least_cases 要求至少 {least} 件。请等案件再多些，或调低这个设置。",
        ("Nothing was learned: {count} closed cases have a class, the setting suggest_least_cases asks for {least}. "
         "Wait for more cases, or lower the setting."),
    )
    NOTHING_TO_TELL_APART = (
        "case.nothing_to_tell_apart", Kind.CONFLICT,
        "没有学习：已结案件几乎都是同一个分类，没有可区分的。请等其他分类的案件也多些再学习。",
        "Nothing was learned: nearly all closed cases are of one class. Learn once there are cases of others.",
    )
    NOTHING_TO_JUDGE_BY = (
        "case.nothing_to_judge_by", Kind.REFUSED,
        "没有学习：{until} 之前或之后的已结案件太少（之前 {before} 件，之后 {after} 件），无法检验。请改用别的日期。",
        "Nothing was learned: too few closed cases before or after {until} ({before}, {after}) to judge by. Choose another date.",
    )
    BAD_LIMIT = (
        "case.bad_limit", Kind.REFUSED,
        "没有执行：时限“{value} {unit}”不可用（{why}）。请填写正的数值和认识的单位。",
        "Nothing was done: the limit {value} {unit} cannot be used ({why}). Give a positive value and a known unit.",
    )
    UNKNOWN_AREA = (
        "case.unknown_area", Kind.REFUSED,
        "没有执行：没有编码为“{area}”的区域，或不在您的权限范围内。请从区域列表里选择。",
        "Nothing was done: there is no area with the code {area}, or it lies outside what you may see. Choose one from the list.",
    )
    BAD_TIME = (
        "case.bad_time", Kind.REFUSED,
        "没有保存：时间“{value}”不可信（应在 2000 年至现在之间）。请检查设备时间。",
        "Not saved: the time {value} cannot be right (between the year 2000 and now). Check the device's clock.",
    )
    NO_ZONE = (
        "case.no_zone", Kind.REFUSED,
        "没有保存：时间“{value}”没有写时区。请写成 2026-11-28T10:00:00+08:00 这样。",
        "Not saved: the time {value} has no zone. Write it like 2026-11-28T10:00:00+08:00.",
    )
    UNKNOWN_CHANNEL = (
        "case.unknown_channel", Kind.REFUSED,
        "没有上报：没有“{channel}”这个来源渠道，可用 {possible}。请改选后再提交。",
        "Not reported: there is no channel {channel}; there are {possible}. Choose one of them.",
    )
    HELPERS_OPEN = (
        "case.helpers_open", Kind.REFUSED,
        "没有反馈：协办单位还没有完成：{units}。请等它们完成，或请派遣员取消协办，再反馈。",
        "Not fed back: units that help have not finished: {units}. Wait for them, or ask the dispatcher to let them go.",
    )
    HELPS_ALREADY = (
        "case.helps_already", Kind.REFUSED,
        "没有请协办：{unit} 已经在办这件案件。请选择别的单位。",
        "Not asked: {unit} is at work on this case already. Choose another unit.",
    )
    HELP_ENDED = (
        "case.help_ended", Kind.CONFLICT,
        "没有执行“{action}”：这项协办已经结束。请刷新后查看。",
        "“{action}” was not done: this task has ended. Refresh and look again.",
    )
    TOO_MANY_HELPERS = (
        "case.too_many_helpers", Kind.REFUSED,
        "没有请协办：一件案件同时最多由 {most} 个单位协办。请等已请的单位完成后再请。",
        "Not asked: at most {most} units help with a case at once. Wait until some have finished.",
    )
    TOO_MANY_FILES = (
        "case.too_many_files", Kind.REFUSED,
        "没有保存：一次最多附 {most} 个文件，现有 {count} 个。请减少后再提交。",
        "Not saved: at most {most} files go with one step, these are {count}. Leave some out.",
    )
    UNKNOWN_FILE = (
        "case.unknown_file", Kind.REFUSED,
        "没有保存：附件 {file} 不存在，或不是您上传的。请重新上传后再提交。",
        "Not saved: the file {file} does not exist or was not uploaded by you. Upload it again.",
    )
    UNKNOWN_PERSON = (
        "case.unknown_person", Kind.REFUSED,
        "没有下发：所选人员不是此处的网格员。请重新选择。",
        "Not sent: that person is not a grid worker of this place. Choose another.",
    )
    VIEWS_FULL = (
        "case.views_full", Kind.CONFLICT,
        "没有保存筛选：最多保存 {most} 个。请先删除不用的，再保存。",
        "The view was not saved: {most} is the most. Delete one that you no longer use and save again.",
    )
    UNKNOWN_PART = (
        "case.unknown_part", Kind.REFUSED,
        "没有保存：没有这个部件，或不在您的权限范围内。请在地图上重新选择，或不填部件。",
        "Nothing was saved: there is no such part within your reach. Choose it on the map again, or leave it out.",
    )
    UNKNOWN_FILTER = (
        "case.unknown_filter", Kind.REFUSED,
        "没有列出：筛选条件“{what}”的值“{value}”不认识，或不在您的权限范围内。请从列表提供的选项中选择。",
        ("Nothing listed: the filter {what} does not know {value}, or it lies outside what you may see. "
         "Choose from what the list offers."),
    )
    UNKNOWN_PAGE = (
        "case.unknown_page", Kind.INVALID,
        "没有列出：续页位置“{value}”不是上一页给出的。请从第一页重新列出。",
        "Nothing listed: {value} is not where a page before ended. List it again from the first page.",
    )
    BAD_MAPPING = (
        "case.bad_mapping", Kind.REFUSED,
        "没有导入：对照文件里的“{what}”缺少或不认识。请按手册中的样例改正。",
        "Nothing imported: {what} in the mapping file is missing or unknown. Correct it by the manual's example.",
    )
    BAD_STATE = (
        "case.bad_state", Kind.REFUSED,
        "没有导入这一行：状态“{state}”{why}。请在对照文件的 states 中改对，或核对原表。",
        "Row not imported: the state {state} does not fit ({why}). Correct states in the mapping, or the source.",
    )
    BAD_SOURCE_ID = (
        "case.bad_source_id", Kind.REFUSED,
        "没有导入这一行：原系统编号“{value}”为空、过长或含有不可见字符。请补正编号。",
        "Row not imported: the source's id {value} is empty, too long or holds invisible signs. Correct it.",
    )
    TWICE_IN_FILE = (
        "case.twice_in_file", Kind.REFUSED,
        "没有导入这一行：原系统编号“{value}”在文件中出现不止一次。请核对后保留一行。",
        "Row not imported: the source's id {value} stands in the file more than once. Keep one of them.",
    )
    TIMES_CROSSED = (
        "case.times_crossed", Kind.REFUSED,
        "没有导入这一行：上报、立案、处置、结案时间前后颠倒。请核对原表。",
        "Row not imported: reported, filed, handled and closed are not in order of time. Check the source.",
    )
