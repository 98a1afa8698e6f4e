"""Refusals of the registry, and why a row of a file was not taken or looks odd."""

from jingwei.kernel.errors import ErrorCode, Kind


class PartError(ErrorCode):
    BAD_NUMBER = (
        "part.bad_number", Kind.REFUSED,
        "没有采用：部件标识码“{number}”应为 {digits} 位 ASCII 数字：6 位区县代码、分类代码、6 位顺序号（从 000001 起）。请改正，或留空由系统编号。",
        ("Not taken: the part's number {number} should be {digits} ASCII digits: 6 of the county, the class, 6 of a "
         "sequence from 000001. Correct it, or leave it empty to be given one."),
    )
    OTHER_CLASS = (
        "part.other_class", Kind.REFUSED,
        "没有采用：标识码 {number} 里的分类 {found} 与部件的分类 {wanted} 不同。请核对其中一个。",
        "Not taken: the number {number} holds the class {found}, the part has {wanted}. Check which is right.",
    )
    OTHER_COUNTY = (
        "part.other_county", Kind.REFUSED,
        "没有采用：标识码 {number} 以 {found} 开头，位置却在区县 {wanted}。请核对标识码或坐标。",
        "Not taken: the number {number} begins with {found}, but the place lies in {wanted}. Check number and place.",
    )
    NUMBER_TAKEN = (
        "part.number_taken", Kind.CONFLICT,
        "没有采用：标识码 {number} 正在使用或曾经使用，编码不重复使用。请另取，或留空由系统编号。",
        "Not taken: the number {number} is or was in use, and none is given twice. Choose another or leave it empty.",
    )
    NUMBERS_EXHAUSTED = (
        "part.numbers_exhausted", Kind.CONFLICT,
        "没有编号：{prefix} 的顺序号已用到 999999。请为这类部件另设小类。",
        "No number was given: the sequences of {prefix} are used up to 999999. Divide the class first.",
    )
    EXISTS = (
        "part.exists", Kind.CONFLICT,
        "没有登记：这个部件已经登记过。请刷新查看，不需要重复登记。",
        "Nothing was added: there is a part with this id already. Refresh, it need not be sent again.",
    )
    UNKNOWN_CLASS = (
        "part.unknown_class", Kind.REFUSED,
        "没有采用：分类“{code}”不是在用的部件小类。请在分类目录里选部件类的小类。",
        "Not taken: {code} is no minor class of components in use. Choose one (scheme/component/code).",
    )
    CLASS_DIGITS = (
        "part.class_digits", Kind.REFUSED,
        "没有采用：分类代码“{code}”是 {found} 位，方案 {scheme} 的部件小类是 {wanted} 位。请按该方案改正，或先做新旧分类转换。",
        "Not taken: the class {code} has {found} digits, those of {scheme} have {wanted}. Correct it or convert first.",
    )
    UNKNOWN_SCHEME = (
        "part.unknown_scheme", Kind.REFUSED,
        "没有执行：没有装入编码为“{scheme}”的分类方案。请先在分类目录里装入。",
        "Nothing was done: no scheme {scheme} is installed. Install it in the catalogue first.",
    )
    WHICH_SCHEME = (
        "part.which_scheme", Kind.REFUSED,
        "没有导入：现在可选的分类方案不止一个（{offered}）。请指明文件按哪个方案。",
        "Nothing was imported: several schemes are offered ({offered}). Say by which one the file is coded.",
    )
    BAD_TEXT = (
        "part.bad_text", Kind.REFUSED,
        "没有采用：“{field}”须为一行不超过 {longest} 字的看得见的文字。请改正。",
        "Not taken: {field} must be one line of at most {longest} visible characters. Correct it.",
    )
    NO_NAME = (
        "part.no_name", Kind.REFUSED,
        "没有采用：部件没有名称。请填写名称，一般用分类的标准名称。",
        "Not taken: the part has no name. Give one, as a rule that of its class.",
    )
    PERSONAL_NUMBER = (
        "part.personal_number", Kind.REFUSED,
        "没有采用：“{field}”中有手机号或身份证号，部件档案不存这类号码。请删去，或改写单位电话。",
        "Not taken: {field} holds a phone or identity number, which the register does not keep. Take it out.",
    )
    BAD_STATE = (
        "part.bad_state", Kind.REFUSED,
        "没有采用：状态“{state}”须为完好、破损、丢失、废弃、移除之一。请改正。",
        "Not taken: the state {state} must be intact, damaged, lost, abandoned or removed. Correct it.",
    )
    SAME_STATE = (
        "part.same_state", Kind.CONFLICT,
        "没有改变：部件的状态已经是“{state}”。请刷新后再看。",
        "Nothing was changed: the part is {state} already. Refresh and look again.",
    )
    NEEDS_REASON = (
        "part.needs_reason", Kind.REFUSED,
        "没有保存：改为“{state}”要写明原因。请填写后再保存。",
        "Nothing was saved: to make it {state} a reason is needed. Give one and save again.",
    )
    RETIRED = (
        "part.retired", Kind.CONFLICT,
        "没有保存：部件 {number} 已{state}，不能再改。确实还在的，请先把状态改回完好或破损。",
        "Nothing was saved: the part {number} is {state} and cannot be changed. If it stands after all, change its state first.",
    )
    BAD_DAYS = (
        "part.bad_days", Kind.REFUSED,
        "没有采用：日期“{day}”不成立：应为 1900 年以来、不晚于今天的一天，变更日期不早于初始日期。请改正。",
        "Not taken: the day {day} will not do: from 1900 until today, a change not before the survey. Correct it.",
    )
    BAD_ACCURACY = (
        "part.bad_accuracy", Kind.REFUSED,
        "没有采用：精度等级“{accuracy}”须为 A、B、C 或留空。请改正。",
        "Not taken: the class of accuracy {accuracy} must be A, B, C or empty. Correct it.",
    )
    UNKNOWN_UNIT = (
        "part.unknown_unit", Kind.REFUSED,
        "没有采用：没有编码为“{code}”的单位，也没有写单位名称。请核对编码，或把名称一并写上。",
        "Not taken: there is no unit {code} and no name stands beside it. Check the code or give the name as well.",
    )
    BAD_SHAPE = (
        "part.bad_shape", Kind.REFUSED,
        "没有采用：位置不能用（{why}）。请给出经纬度，或一个有效的点、线、面。",
        "Not taken: the place cannot be used ({why}). Give longitude and latitude, or a sound point, line or surface.",
    )
    NO_AREA = (
        "part.no_area", Kind.REFUSED,
        "没有采用：位置 {lon}, {lat} 不在任何已划分的网格里。请核对坐标和坐标系，或先划分网格。",
        "Not taken: no grid holds {lon}, {lat}. Check the coordinates and their system, or draw the grids first.",
    )
    OUTSIDE = (
        "part.outside", Kind.FORBIDDEN,
        "没有采用：位置在“{area}”，不在您管理的区域内。请由该区域的管理员登记。",
        "Not taken: the place lies in {area}, outside the areas you manage. Leave it to the administrator there.",
    )
    LEAVES_COUNTY = (
        "part.leaves_county", Kind.CONFLICT,
        "没有移动：新位置在区县 {other}，标识码属于 {county}，区县不能变。请在原区县移除它，在新区县重新登记。",
        "Nothing was moved: the new place lies in {other}, the number belongs to {county}. Retire it and add it anew there.",
    )
    UNKNOWN_FILTER = (
        "part.unknown_filter", Kind.REFUSED,
        "没有列出：筛选条件“{what}”的值“{value}”不认识，或不在您的权限范围内。请从列表提供的选项中选择。",
        "Nothing listed: the filter {what} does not know {value}, or it lies outside what you may see. Choose from the list.",
    )
    UNKNOWN_PAGE = (
        "part.unknown_page", Kind.INVALID,
        "没有列出：翻页标记“{value}”不认识。请从第一页重新开始。",
        "Nothing listed: {value} is no mark of a page. Begin with the first page again.",
    )
    UNKNOWN_FORMAT = (
        "part.unknown_format", Kind.REFUSED,
        "没有导出：没有格式“{format}”。可选 CSV、XLSX 和 GeoPackage。",
        "Nothing was exported: there is no format {format}. Use csv, xlsx or gpkg.",
    )
    TOO_MANY = (
        "part.too_many", Kind.REFUSED,
        "没有导出：符合条件的部件有 {count} 个，一次最多 {most} 个。请按区域或分类分几次，或在服务器上用命令行导出。",
        "Nothing was exported: {count} parts fit, {most} at most at once. Go by area or class, or use the command line.",
    )
    NO_PLACE_COLUMN = (
        "part.no_place_column", Kind.REFUSED,
        "没有导入：表里没有经度和纬度两列，现有的列是：{seen}。请补上，或导入带位置的图层。",
        "Nothing was imported: the table lacks longitude and latitude; it has: {seen}. Add them or import a map layer.",
    )
    NO_CLASS_COLUMN = (
        "part.no_class_column", Kind.REFUSED,
        "没有导入：文件既没有管理部件标识码，也没有部件分类代码，现有的列是：{seen}。请补上其中一列。",
        "Nothing was imported: the file has neither numbers nor classes of parts; it has: {seen}. Add one of the two.",
    )
    NOTHING_TAKEN = (
        "part.nothing_taken", Kind.REFUSED,
        "没有导入：文件中没有一行可以采用（{refused} 行有错，首先是：{first}）。请改正后再导。",
        "Nothing was imported: no row could be taken ({refused} refused, first: {first}). Correct them and try again.",
    )
    TOO_MANY_ROWS = (
        "part.too_many_rows", Kind.TOO_LARGE,
        "没有导入：文件超过 {most} 行。请分成几个文件。",
        "Nothing was imported: the file has more than {most} rows. Divide it.",
    )
    SAME_SCHEME = (
        "part.same_scheme", Kind.REFUSED,
        "没有转换：新旧方案是同一个（{scheme}）。请选不同的方案。",
        "Nothing was converted: both schemes are {scheme}. Choose two.",
    )
    NO_CROSSWALK = (
        "part.no_crosswalk", Kind.REFUSED,
        "没有转换：没有从 {before} 到 {after} 的对照表。目前有的是 GB/T 30428.2-2013 到 GB/T 47678.5-2026。",
        "Nothing was converted: there is no crosswalk from {before} to {after}, only from the scheme of 2013 to that of 2026.",
    )


class SampleError(ErrorCode):
    BAD_SIZE = (
        "part_sample.bad_size", Kind.REFUSED,
        "没有抽样：样本量须为 1 至 {most}。请改正。",
        "No sample was drawn: its size must be 1 to {most}. Correct it.",
    )
    BAD_SEED = (
        "part_sample.bad_seed", Kind.REFUSED,
        "没有抽样：种子须为一行 1 至 {longest} 个看得见的字。请先公布种子，再照样填写。",
        "No sample was drawn: the seed is one line of 1 to {longest} visible characters. Publish it, then enter it.",
    )
    NOTHING_THERE = (
        "part_sample.nothing_there", Kind.REFUSED,
        "没有抽样：这个范围里没有在用的部件。请换一个区域或分类。",
        "No sample was drawn: no part in service lies there. Choose another area or class.",
    )
    FINISHED = (
        "part_sample.finished", Kind.CONFLICT,
        "没有保存：这次抽样核查已经定论，不能再改。需要时请另抽一次。",
        "Nothing was saved: this sample has been concluded. Draw another if needed.",
    )
    NOT_DONE = (
        "part_sample.not_done", Kind.CONFLICT,
        "没有定论：还有 {count} 个部件没有核对完。请核对完再定论。",
        "Not concluded: {count} parts have not been looked at. Finish them first.",
    )
    UNKNOWN_MARK = (
        "part_sample.unknown_mark", Kind.REFUSED,
        "没有保存：没有核对项“{name}”。可用的是存在、位置、分类、权属单位、状态。",
        "Nothing was saved: there is nothing called {name} to look at. Use exists, place, class, owner, state.",
    )


class PartRemark(ErrorCode):
    """What is odd about a row that was taken, or why a class was left as it is."""

    CREDIT_CODE = (
        "part.row.credit_code", Kind.REFUSED,
        "采用了，但有疑问：{field} {code} 有 18 位，校验码不对，不像统一社会信用代码。请核对。",
        "Taken, but doubtful: {field} {code} has 18 signs and a wrong check sign. Check it.",
    )
    OTHER_GRID = (
        "part.row.other_grid", Kind.REFUSED,
        "采用了，但有疑问：文件写的单元网格是 {given}，按位置在 {found}。已按位置登记，请核对坐标。",
        "Taken, but doubtful: the file says the unit grid {given}, the place lies in {found}, which was entered. Check it.",
    )
    SHAPE_MENDED = (
        "part.row.shape_mended", Kind.REFUSED,
        "采用了，但有疑问：位置的形状有毛病（{why}），已修正。请核对。",
        "Taken, but doubtful: its shape was faulty ({why}) and was mended. Check it.",
    )
    REPEATED = (
        "part.row.repeated", Kind.REFUSED,
        "没有采用：标识码与第 {first} 行重复。请删去其中一行。",
        "Not taken: its number repeats that of row {first}. Remove one of them.",
    )
    SAME_SPOT = (
        "part.row.same_spot", Kind.REFUSED,
        "没有采用：没有标识码，而同一位置已有同类部件 {number}。若是另一个，请写上标识码。",
        "Not taken: it has no number, and a part of the same class stands at this very place: {number}. Number it if it is another.",
    )
    SWAPPED = (
        "part.row.swapped", Kind.REFUSED,
        "没有采用：经纬度不成立（{why}）。请核对两列有没有颠倒。",
        "Not taken: longitude and latitude will not do ({why}). Check whether they are exchanged.",
    )
    CROSSING_GONE = (
        "part.row.crossing_gone", Kind.REFUSED,
        "没有转换：{count} 个“{name}”（{code}）的分类在新方案里没有了。请逐个定新分类，或改为废弃。",
        "Not converted: {count} of {name} ({code}) have no class in the new scheme. Decide each by hand.",
    )
    CROSSING_UNKNOWN = (
        "part.row.crossing_unknown", Kind.REFUSED,
        "没有转换：对照表里没有“{name}”（{code}），共 {count} 个。请逐个定新分类。",
        "Not converted: the crosswalk does not name {name} ({code}), {count} parts. Decide each by hand.",
    )
    CROSSING_SHARED = (
        "part.row.crossing_shared", Kind.REFUSED,
        "没有转换：“{name}”（{code}）与别的旧分类并成一个新分类 {to}，共 {count} 个。请人工确认后逐个改。",
        "Not converted: {name} ({code}) and other classes became one, {to}; {count} parts. Confirm by hand.",
    )
    CROSSING_ABSENT = (
        "part.row.crossing_absent", Kind.REFUSED,
        "没有转换：“{name}”（{code}）应转为 {to}，新方案里没有装入这个小类，共 {count} 个。请先装入。",
        "Not converted: {name} ({code}) should become {to}, which is not installed; {count} parts. Install it first.",
    )
