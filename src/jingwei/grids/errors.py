"""Refusals of the grids room. Those around papers stand in `paper_errors.py`."""

from jingwei.grids.paper_errors import PaperError
from jingwei.kernel.errors import ErrorCode, Kind

__all__ = ["GridError", "PaperError"]


class GridError(ErrorCode):
    BAD_CODE = (
        "grids.bad_code", Kind.REFUSED,
        "没有采用：编码“{code}”须为 1 至 32 个 ASCII 字母、数字或 . _ -（全角数字不算）。请改正编码后再试。",
        "Not taken: {code} is not 1 to 32 ASCII letters, digits or . _ - (no full-width digits). Correct it.",
    )
    BAD_DIVISION_CODE = (
        "grids.bad_division_code", Kind.REFUSED,
        "没有采用：“{code}”不是行政区划代码（应为 12 位 ASCII 数字，不以 00 开头）。请按官方代码改正。",
        "Not taken: {code} is no division code (12 ASCII digits, not 00 in front). Use the official list.",
    )
    BAD_UNIT_CODE = (
        "grids.bad_unit_code", Kind.REFUSED,
        "没有采用：“{code}”不是单元网格编码（15 位：12 位社区或村代码加 001 至 999）。请改正编码。",
        "Not taken: {code} is no unit-grid code (12 digits of a community, then 001 to 999). Correct it.",
    )
    CODES_EXHAUSTED = (
        "grids.codes_exhausted", Kind.CONFLICT,
        "没有编码：社区 {community} 的 999 个单元网格编码已用完（作废的编码不再使用）。请先调整社区划分。",
        "No code was given: the 999 of {community} are used up, void ones never come back. Divide it first.",
    )
    COLUMNS_MISSING = (
        "grids.columns_missing", Kind.REFUSED,
        "没有导入：文件缺少必需的列（{missing}），现有的列是：{seen}。请补上这些列后重试。",
        "Nothing was imported: the file lacks columns ({missing}); it has: {seen}. Add them and try again.",
    )
    UNKNOWN_SYSTEM = (
        "grids.unknown_system", Kind.REFUSED,
        "没有执行：没有名为“{system}”的网格体系。请先设立，或核对名称。",
        "Nothing was done: there is no grid system {system}. Set it up first or check the name.",
    )
    BAD_SYSTEM = (
        "grids.bad_system", Kind.REFUSED,
        "没有设立：体系编号“{system}”须为 1 至 20 个小写 ASCII 字母、数字或 _。请改正。",
        "Not set up: a system's code {system} is 1 to 20 lower-case ASCII letters, digits or _. Correct it.",
    )
    CODE_TAKEN = (
        "grids.code_taken", Kind.CONFLICT,
        "没有建立：编码 {code} 已被使用或曾经使用，作废的编码不再启用。请另取编码。",
        "Nothing was created: {code} is or was in use, and retired codes never come back. Choose another code.",
    )
    NO_NAME = (
        "grids.no_name", Kind.REFUSED,
        "没有保存：名称须为 1 至 {longest} 个可见字符。请改正名称。",
        "Nothing was saved: a name has 1 to {longest} visible characters. Correct it.",
    )
    UNKNOWN_KIND = (
        "grids.unknown_kind", Kind.REFUSED,
        "没有建立：没有类型“{kind}”。请从类型清单中选择。",
        "Nothing was created: there is no kind {kind}. Choose one of the list.",
    )
    PARENT_GONE = (
        "grids.parent_gone", Kind.CONFLICT,
        "没有执行：上级 {code} 已停用或不在同一体系。请另选上级。",
        "Nothing was done: the parent {code} is retired or of another system. Choose another parent.",
    )
    BAD_LEVEL = (
        "grids.bad_level", Kind.REFUSED,
        "没有执行：{code} 的级别 {level} 须低于上级的 {above} 级。请另选上级或级别。",
        "Nothing was done: level {level} of {code} must lie below its parent's {above}. Choose another.",
    )
    TOO_DEEP = (
        "grids.too_deep", Kind.REFUSED,
        "没有执行：{code} 的层级太深，路径超过 {longest} 个字符。请减少层级。",
        "Nothing was done: {code} lies too deep, its path exceeds {longest} characters. Use fewer levels.",
    )
    ROOT_CODE_TOO_LONG = (
        "grids.root_code_too_long", Kind.REFUSED,
        "没有建立：树根的编码 {code} 超过 {longest} 个字符，它要用作分区键。请缩短。",
        "Nothing was created: the root's code {code} exceeds {longest} characters, it is the key of the data. Shorten it.",
    )
    INTO_ITSELF = (
        "grids.into_itself", Kind.CONFLICT,
        "没有移动：{code} 不能移到自己或自己的下级之下。请另选上级。",
        "Nothing was moved: {code} cannot go below itself. Choose another parent.",
    )
    OTHER_COUNTY = (
        "grids.other_county", Kind.CONFLICT,
        "没有移动：{code} 属于 {county}，不能移到 {other}；区县永不改变。请在新区县另建并撤销原区域。",
        "Nothing was moved: {code} belongs to {county}, not {other}, and that never changes. Create it anew there.",
    )
    LEAVES_COMMUNITY = (
        "grids.leaves_community", Kind.REFUSED,
        "没有执行：单元网格 {code} 只能在社区 {community} 之内。请另选上级，或按新社区重新编码。",
        "Nothing was done: the unit grid {code} lies in one community only, {community}. Choose a parent in it.",
    )
    HAS_CHILDREN = (
        "grids.has_children", Kind.CONFLICT,
        "没有撤销：{code} 还有 {count} 个下级在用。请先移走或撤销下级。",
        "Nothing was retired: {code} still has {count} areas below it. Move or retire them first.",
    )
    BAD_SUCCESSOR = (
        "grids.bad_successor", Kind.REFUSED,
        "没有撤销：接替者 {id} 不存在、已停用或就是它自己。请核对。",
        "Nothing was retired: the successor {id} does not exist, is retired or the same area. Check it.",
    )
    BAD_MEMBER = (
        "grids.bad_member", Kind.REFUSED,
        "没有保存：成员 {id} 不存在、已停用，或就在同一体系里。请从基础区域中选择。",
        "Nothing was saved: the member {id} does not exist, is retired or of the same system. Choose base areas.",
    )
    BAD_POLYGON = (
        "grids.bad_polygon", Kind.REFUSED,
        "没有保存：边界不能用（{why}）。请重新绘制。",
        "Nothing was saved: the boundary cannot be used ({why}). Draw it again.",
    )
    CROSSES = (
        "grids.crosses", Kind.REFUSED,
        "没有保存：单元网格越过 {parent} 的边界，{percent} % 在界外。单元网格只能属于一个社区，请沿边界分开。",
        "Nothing was saved: the unit grid crosses {parent}, {percent} % lie outside. It belongs to one community: split it.",
    )
    OVERLAPS = (
        "grids.overlaps", Kind.REFUSED,
        "没有保存：与 {other} 重叠 {area_m2} 平方米。网格之间不得重叠，请修改边界。",
        "Nothing was saved: it overlaps {other} by {area_m2} square metres. Grids must not overlap: change the boundary.",
    )
    NEEDS_REASON = (
        "grids.needs_reason", Kind.REFUSED,
        "没有保存：面积 {area_m2} 平方米，不在 {low} 至 {high} 之间。确需如此，请在备注中写明理由。",
        "Nothing was saved: {area_m2} square metres are not {low} to {high}. If it must be so, give the reason in the note.",
    )
    BAD_RULES = (
        "grids.bad_rules", Kind.INVALID,
        "没有执行：划分的规则不对：{why}。请改正后再试。",
        "Nothing was done: the rules of the division are wrong: {why}. Correct them and try again.",
    )
    NOT_TO_COME = (
        "grids.not_to_come", Kind.REFUSED,
        "没有定下发布时间：{at} 不在将来。请选以后的时间，或立即发布。",
        "No date was set: {at} does not lie in the future. Choose a later one, or publish at once.",
    )
    CHANGED_BEFORE_PUBLISHING = (
        "grids.changed_before_publishing", Kind.CONFLICT,
        "没有发布：准备发布时，方案“{title}”又有了改动。请核对后再发布。",
        "Nothing was published: the plan {title} was changed while it was being prepared. Look at it and publish again.",
    )
    NOTHING_TO_DIVIDE = (
        "grids.nothing_to_divide", Kind.REFUSED,
        "没有开始划分：{place}还缺：{missing}。请先在“设置 → 导入”里导入。",
        "The division was not begun: {place} lacks {missing}. Import that first, under Settings, Import.",
    )
    PROPOSAL_RUNNING = (
        "grids.proposal_running", Kind.CONFLICT,
        "没有开始划分：已有一次自动划分在进行（{title}）。请等它做完，或先取消它。",
        "The division was not begun: another one is under way ({title}). Wait for it, or call it off.",
    )
    PROPOSAL_OVER = (
        "grids.proposal_over", Kind.CONFLICT,
        "没有取消：这次自动划分已经结束。结果见方案列表。",
        "Nothing was called off: that division is over. Its result stands in the list of plans.",
    )
    NOT_TOUCHING = (
        "grids.not_touching", Kind.REFUSED,
        "没有合并：所选的网格不是边界相接的一整块。请只选相邻的网格。",
        "Nothing was joined: the chosen grids do not touch along their borders. Choose neighbours only.",
    )
    LINE_MISSES = (
        "grids.line_misses", Kind.REFUSED,
        "没有改动：画的线没有从一侧边界穿到另一侧边界。请从网格外或边界上开始，画到对面的边界。",
        "Nothing was changed: the line does not run from border to border. Begin outside or on the border and end on the other side.",
    )
    LINE_CUTS_MORE = (
        "grids.line_cuts_more", Kind.REFUSED,
        "没有改动：画的线把两个网格分成了 {count} 块，而新边界只能分成两块。请重新画。",
        "Nothing was changed: the line cuts the two grids into {count} pieces, a new border makes two. Draw it again.",
    )
    PIECE_TOO_SMALL = (
        "grids.piece_too_small", Kind.REFUSED,
        "没有改动：有一块不到 {least} 平方米。请把线画得离边界远一些，或沿着边界的端点画。",
        "Nothing was changed: a piece would have less than {least} square metres. Keep the line away from the border, or end it on a corner.",
    )
    NO_CUT = (
        "grids.no_cut", Kind.REFUSED,
        "没有切分：找不到一条能把它分成相近两半的直线。请自己画线切分。",
        "Nothing was split: no straight line makes two like halves of it. Draw the line yourself.",
    )
    NOT_A_UNIT = (
        "grids.not_a_unit", Kind.REFUSED,
        "没有改动：编号 {id} 不是这个方案里画有边界的单元网格。请刷新后再选。",
        "Nothing was changed: {id} is no unit grid with an outline in this plan. Refresh and choose again.",
    )
    NOT_A_GROUP = (
        "grids.not_a_group", Kind.REFUSED,
        "没有改动：编号 {id} 不是这个方案里同一社区的责任网格。请刷新后再选。",
        "Nothing was changed: {id} is no responsibility grid of that community in this plan. Refresh and choose again.",
    )
    TWO_COMMUNITIES = (
        "grids.two_communities", Kind.REFUSED,
        "没有改动：所选的网格属于{first}和{other}，单元网格不能跨社区。请只选同一社区的网格。",
        "Nothing was changed: the chosen grids belong to {first} and {other}; a unit grid lies in one community. Choose grids of one.",
    )
    TOO_FEW_UNITS = (
        "grids.too_few_units", Kind.INVALID,
        "没有改动：这一操作需要 {wanted} 个不同的网格，只选了 {given} 个。请补选。",
        "Nothing was changed: this takes {wanted} different grids, {given} were chosen. Choose more.",
    )
    EDITED_MEANWHILE = (
        "grids.edited_meanwhile", Kind.CONFLICT,
        "没有改动：您打开之后方案又有了改动（第 {seen} 步之后已到第 {now} 步）。请刷新后再试。",
        "Nothing was changed: the plan was changed since you opened it (you saw step {seen}, it is at {now}). Refresh and try again.",
    )
    NOTHING_TO_UNDO = (
        "grids.nothing_to_undo", Kind.CONFLICT,
        "没有撤销：这个方案里没有可以撤销的操作。无需处理。",
        "Nothing was undone: there is no deed on this plan to take back. Nothing needs doing.",
    )
    NOTHING_TO_REDO = (
        "grids.nothing_to_redo", Kind.CONFLICT,
        "没有重做：这个方案里没有可以重做的操作；撤销之后又有改动的，不能再重做。无需处理。",
        "Nothing was redone: there is no undone deed on this plan, or it was changed since. Nothing needs doing.",
    )
    PLAN_SCHEDULED = (
        "grids.plan_scheduled", Kind.CONFLICT,
        "没有改动：方案“{title}”已定于 {at} 发布。要改动，请先撤回发布日期。",
        "Nothing was changed: the plan {title} is to be published at {at}. Take that date back first.",
    )
    CODES_OF_GROUPS_EXHAUSTED = (
        "grids.group_codes_exhausted", Kind.CONFLICT,
        "没有新建：社区 {community} 的 99 个责任网格编码已用完。请先并入已有的责任网格。",
        "Nothing was created: the 99 codes of responsibility grids of {community} are used up. Use one that stands.",
    )
    IN_DRAFT = (
        "grids.in_draft", Kind.CONFLICT,
        "没有执行：{code} 还在未发布的方案“{title}”中。请先发布该方案，或在同一方案中操作。",
        "Nothing was done: {code} stands in the unpublished plan {title}. Publish that first or work inside it.",
    )
    WRONG_STATE = (
        "grids.wrong_state", Kind.CONFLICT,
        "没有执行：方案“{title}”现为“{state}”，须为“{wanted}”。请刷新后再试。",
        "Nothing was done: the plan {title} is {state}, not {wanted}. Refresh and try again.",
    )
    BAD_VALIDITY = (
        "grids.bad_validity", Kind.REFUSED,
        "没有发布：生效时间须晚于上一版（{last}）且不晚于现在。请改正，或到生效当天再发布。",
        "Nothing was published: validity begins after the last version ({last}) and not in the future. Correct it.",
    )
    IMPORT_UNFINISHED = (
        "grids.import_unfinished", Kind.CONFLICT,
        "没有导入：方案“{title}”（编号 {plan}）还没有导完。请用同一文件再导一次以续完，或用 jingwei plan drop {plan} 放弃它。",
        "Nothing was imported: the plan {title} ({plan}) is unfinished. Import its file again to finish it, or drop it by jingwei plan drop {plan}.",
    )
    LAYER_FIELDS = (
        "grids.layer_fields", Kind.INVALID,
        "没有读取：图层各级的写法不对：{why}。请改正后再试。",
        "Nothing was read: the levels of the layer are not given rightly: {why}. Correct that and try again.",
    )
    UNDER_UNKNOWN = (
        "grids.under_unknown", Kind.REFUSED,
        ("没有导入：库里没有编码为 {code} 的在用区域，不能把图层放在它下面（under）。"
         "请核对编码（jingwei locate 经度 纬度 可查），或先导入这个区域。"),
        ("Nothing was imported: there is no area {code} in use to put the layer under. "
         "Check the code (jingwei locate LON LAT), or import that area first."),
    )
    PARENTS_UNKNOWN = (
        "grids.parents_unknown", Kind.REFUSED,
        ("没有导入：字段 {field} 里的 {count} 个上级编码（如 {first}）没有一个在库。请核对字段，或先导入上一级；"
         "上一级也可以由字段生成（再写一组 level、code、name），或按位置找（by-place）。"),
        ("Nothing was imported: of the {count} parent codes in the field {field} (such as {first}) none is known. Check the "
         "field or import the level above first; it can also be made from fields (one more level, code, name), or be "
         "found by place (by-place)."),
    )
    CHANGED_MEANWHILE = (
        "grids.changed_meanwhile", Kind.CONFLICT,
        "没有导完：期间有人改动了区域树。请用同一文件再导一次，会从断处继续。",
        "The import stopped: somebody changed the tree meanwhile. Import the same file again, it goes on from there.",
    )
    NOTHING_TAKEN = (
        "grids.nothing_taken", Kind.REFUSED,
        "没有导入：文件中没有一行可以采用（{refused} 行有错，首先是：{first}）。请改正后再导。",
        "Nothing was imported: no row could be taken ({refused} refused, first: {first}). Correct them and try again.",
    )
    MAIN_TAKEN = (
        "grids.main_taken", Kind.CONFLICT,
        "没有任命：{area} 在这段时间已有主责人。请先结束原任，或选择交接。",
        "Nobody was posted: {area} has a main for these days. End that posting first or hand over.",
    )
    BAD_DAYS = (
        "grids.bad_days", Kind.REFUSED,
        "没有保存：结束不能早于开始（{since} 至 {until}）。请改正日期。",
        "Nothing was saved: the end lies before the beginning ({since} to {until}). Correct the dates.",
    )
    UNKNOWN_PERSON = (
        "grids.unknown_person", Kind.REFUSED,
        "没有保存：没有这个在职人员（{person}）。请核对登录名。",
        "Nothing was saved: there is no such active person ({person}). Check the login.",
    )
    OWN_CERTIFICATE = (
        "grids.own_certificate", Kind.FORBIDDEN,
        "没有登记：证件不能由本人给自己登记或撤销。请由其他管理员办理。",
        "Nothing was recorded: nobody records or withdraws their own certificate. Ask another administrator.",
    )
    UNKNOWN_POST = (
        "grids.unknown_post", Kind.REFUSED,
        "没有保存：岗位“{post}”须为 main、deputy 或 member。请改正。",
        "Nothing was saved: the post {post} must be main, deputy or member. Correct it.",
    )
    POSTED_ALREADY = (
        "grids.posted_already", Kind.CONFLICT,
        "没有任命：此人从 {since} 起已在 {area} 任这一岗位。无需重复。",
        "Nobody was posted: this person has held that post on {area} since {since}. Nothing needs doing.",
    )
    BAD_SHIFT = (
        "grids.bad_shift", Kind.REFUSED,
        "没有保存：班次“{start}”至“{end}”须写成 06:30 这样的时刻，最长一整天。请改正。",
        "Nothing was saved: a shift from {start} to {end} needs times such as 06:30 and lasts a day at most. Correct it.",
    )
    ON_SHIFT_ALREADY = (
        "grids.on_shift_already", Kind.CONFLICT,
        "没有排班：此人 {day} {start} 起在 {area} 已有班次。无需重复。",
        "Nothing was planned: this person has a shift on {area} from {start} on {day}. Nothing needs doing.",
    )
    BAD_PATTERN = (
        "grids.bad_pattern", Kind.REFUSED,
        "没有排班：{why}。请改正后再排。",
        "Nothing was planned: {why}. Correct that and try again.",
    )
    BAD_TEAM = (
        "grids.bad_team", Kind.REFUSED,
        "没有保存：{why}。请改正后再试。",
        "Nothing was saved: {why}. Correct that and try again.",
    )
    IN_TEAM_ALREADY = (
        "grids.in_team_already", Kind.CONFLICT,
        "没有加入：此人在“{team}”已担任这一职能。无需重复。",
        "Nobody was added: this person has that function in {team} already. Nothing needs doing.",
    )
    TEAM_ENDED = (
        "grids.team_ended", Kind.CONFLICT,
        "没有执行：“{team}”到 {until} 已解散。如仍需要，请另建一队。",
        "Nothing was done: {team} ended on {until}. Make another team if one is needed.",
    )
    BAD_RULE = (
        "grids.bad_rule", Kind.REFUSED,
        "没有保存：第 {number} 条规则不能用（{why}）。请改正这一条。",
        "Nothing was saved: rule {number} cannot be used ({why}). Correct it.",
    )
    UNKNOWN_TEMPLATE = (
        "grids.unknown_template", Kind.REFUSED,
        "没有设立：随带的模板中没有“{template}”。可用的是：{known}。",
        "Not set up: no template {template} came with the product. Choose one of {known}.",
    )
    SYSTEM_STANDS = (
        "grids.system_stands", Kind.CONFLICT,
        "没有设立：编号为“{system}”的网格体系已在用。请改用别的编号，或直接修改它的级别和规则。",
        "Not set up: the grid system {system} stands already. Choose another code, or change its levels and rules.",
    )
    LEVELS_IN_USE = (
        "grids.levels_in_use", Kind.CONFLICT,
        "没有保存：第 {level} 级还有 {count} 个区域在用，不能去掉这一级。请先撤销这些区域。",
        "Nothing was saved: {count} areas stand on level {level}, which cannot be taken away. Retire them first.",
    )
    BASE_SYSTEM = (
        "grids.base_system", Kind.REFUSED,
        "没有执行：基础网格体系不在这里修改。请到“区域和网格”或用导入调整。",
        "Nothing was done: the base system is not changed here. Use the areas or an import.",
    )
    UNKNOWN_CONTRACT = (
        "grids.unknown_contract", Kind.REFUSED,
        "没有保存：没有“{contract}”这种用工形式。请从清单中选择。",
        "Nothing was saved: there is no such kind of contract as {contract}. Choose one of the list.",
    )
    ALREADY_AWAY = (
        "grids.already_away", Kind.CONFLICT,
        "没有登记：此人在这段时间已登记离岗。请先结束原登记。",
        "Nothing was recorded: this person is already away in that time. End that absence first.",
    )
    BAD_PLACE = (
        "grids.bad_place", Kind.REFUSED,
        "没有查找：{lon}, {lat} 不是经纬度（经度 -180 至 180，纬度 -90 至 90）。请核对坐标。",
        "Nothing was searched: {lon}, {lat} is no longitude and latitude. Check the coordinates.",
    )
    UNKNOWN_AREA = (
        "grids.unknown_area", Kind.REFUSED,
        "没有采用：没有编码为 {code} 的在用区域，或不在您的权限范围内。请核对编码。",
        "Not taken: no area in use within your reach has the code {code}. Check it.",
    )
    UNKNOWN_LAYER = (
        "grids.unknown_layer", Kind.REFUSED,
        "没有导入：底图没有名为“{layer}”的图层。可用的是 streets（街巷）、buildings（建筑）、water（水系）、green（绿地）。",
        "Nothing was imported: the base map has no layer {layer}. Use streets, buildings, water or green.",
    )
    LAYER_EMPTY = (
        "grids.layer_empty", Kind.REFUSED,
        "没有导入：图层“{layer}”里一个要素也没有。请确认选对了文件和图层，在制图软件里重新导出。",
        "Nothing was imported: the layer {layer} holds no feature at all. Check file and layer, and export it anew.",
    )
    LAYER_ELSEWHERE = (
        "grids.layer_elsewhere", Kind.REFUSED,
        ("没有导入：按坐标系 {crs}，图层在 {place} 一带，离已划定的范围约 {km} 公里。多半是坐标系不对（带号差一、"
         "横纵坐标写反），或不是本区的文件。请先看一看文件（jingwei import look 或导入页），再指明坐标系。"),
        ("Nothing was imported: by {crs} the layer lies around {place}, some {km} km from the ground that is drawn. The system "
         "is probably wrong (a zone off by one, axes exchanged), or it is another district's file. Look into it first."),
    )
    ONLY_BUILDINGS = (
        "grids.only_buildings", Kind.INVALID,
        "没有读取：户数只属于建筑图层。请去掉户数字段，或改为导入建筑。",
        "Nothing was read: only buildings hold households. Leave the field of households out, or import buildings.",
    )
    ENDED_ALREADY = (
        "grids.ended_already", Kind.CONFLICT,
        "没有执行：这项任职到 {until} 已经结束。如需继续，请另行任命。",
        "Nothing was done: that posting ended on {until}. Post the person anew if it should go on.",
    )
    UNKNOWN_WORK = (
        "grids.unknown_work", Kind.REFUSED,
        "没有交接：未办完的任务须选移交、退回待领或留在原处（{work} 不是其中之一）。请重新选择。",
        "Nothing was handed over: open work is passed on, released or kept ({work} is none of these). Choose again.",
    )
    SAME_PERSON = (
        "grids.same_person", Kind.CONFLICT,
        "没有交接：接任的就是现任本人。请另选一人。",
        "Nothing was handed over: the successor is the same person. Choose somebody else.",
    )
