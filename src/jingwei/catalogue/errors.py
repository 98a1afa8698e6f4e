"""Refusals of the catalogue. Those named ROW_… are reasons why one row of a table was not taken."""

from jingwei.kernel.errors import ErrorCode, Kind


class CatalogueError(ErrorCode):
    HOLIDAYS_UNREADABLE = (
        "catalogue.holidays_unreadable", Kind.INVALID,
        "没有导入：放假安排文件不符合格式（{why}）。请使用 holiday-cn 的年度文件，或本系统导出的表格。",
        "Nothing was imported: the holiday list is malformed ({why}). Use a holiday-cn year file or a table of ours.",
    )
    SLOTS_WRONG = (
        "catalogue.slots_wrong", Kind.INVALID,
        "没有保存：上班时段写错了（{found}）。请按“08:00-12:00 14:00-18:00”从早到晚填写，跨过零点的分成两段。",
        "Not saved: the working hours are wrong ({found}). Write 08:00-12:00 14:00-18:00, split one across midnight.",
    )
    WEEK_WRONG = (
        "catalogue.week_wrong", Kind.INVALID,
        "没有保存：上班时段要按周一至周日给出七天，现为 {count} 天。请补全后再保存。",
        "Not saved: working hours are given for seven weekdays, not {count}. Complete them and save again.",
    )
    NO_WORK = (
        "catalogue.no_work", Kind.REFUSED,
        "没有保存：这样的工作日历没有任何上班时间，时限永远数不满。请至少保留一个上班时段。",
        "Not saved: such a calendar has no working time, so no limit would ever be up. Keep at least one slot.",
    )
    ZONE_UNKNOWN = (
        "catalogue.zone_unknown", Kind.INVALID,
        "没有保存：不认识时区“{zone}”。请填写 Asia/Shanghai 这样的名称。",
        "Not saved: the zone {zone} is not known. Use a name such as Asia/Shanghai.",
    )
    DAY_WRONG = (
        "catalogue.day_wrong", Kind.INVALID,
        "没有保存：{on} 写的是“{word}”。请写 off（放假）、work（上班），或留空恢复为普通的一天。",
        "Not saved: {on} says {word}. Write off, work, or nothing to make it an ordinary day again.",
    )
    TOO_MANY_DAYS = (
        "catalogue.too_many_days", Kind.TOO_LARGE,
        "没有保存：特殊日期多于 {limit} 个。请核对文件，或分年导入。",
        "Not saved: there are more than {limit} special dates. Check the file or import year by year.",
    )
    SCHEME_UNKNOWN = (
        "catalogue.scheme_unknown", Kind.NOT_FOUND,
        "没有执行：没有代码为“{scheme}”的分类方案。请先安装方案，或核对代码。",
        "Nothing was done: there is no scheme {scheme}. Install it first or check the code.",
    )
    SCHEME_CODE_WRONG = (
        "catalogue.scheme_code_wrong", Kind.INVALID,
        "没有执行：方案代码“{scheme}”不能用。请用 2 至 40 个小写字母、数字、点和短横。",
        "Nothing was done: {scheme} cannot be a scheme's code. Use 2 to 40 small letters, digits, dots and hyphens.",
    )
    SCHEME_SHIPPED = (
        "catalogue.scheme_shipped", Kind.CONFLICT,
        "没有导入：“{scheme}”是随产品安装的国家方案。请另取代码，或用安装命令更新它。",
        "Nothing was imported: {scheme} is a national scheme that comes with the product. Choose another code.",
    )
    DIGITS_DIFFER = (
        "catalogue.digits_differ", Kind.CONFLICT,
        "没有导入：方案的小类代码原为 {before} 位，不能改为 {after} 位。请另取方案代码。",
        "Nothing was imported: the scheme's minor codes have {before} digits, not {after}. Choose another scheme code.",
    )
    CLASS_UNKNOWN = (
        "catalogue.class_unknown", Kind.NOT_FOUND,
        "没有找到：分类“{code}”不在目录中。请核对代码（方案/类别/代码）。",
        "Not found: the class {code} is not in the catalogue. Check the code (scheme/kind/code).",
    )
    AREA_UNKNOWN = (
        "catalogue.area_unknown", Kind.NOT_FOUND,
        "没有执行：没有编码为“{area}”的区域，或者不在您的权限范围内。请核对编码。",
        "Nothing was done: there is no area {area}, or it lies outside what you may see. Check the code.",
    )
    STAGE_UNKNOWN = (
        "catalogue.stage_unknown", Kind.INVALID,
        "没有保存：没有名为“{stage}”的环节。可用：{known}。",
        "Not saved: there is no stage {stage}. Known are: {known}.",
    )
    LIMIT_WRONG = (
        "catalogue.limit_wrong", Kind.INVALID,
        "没有保存：时限“{limit}”不对。请填大于零的数目和单位（{units}），或两项都留空表示不计时。",
        "Not saved: the limit {limit} is wrong. Give a number above zero and a unit ({units}), or neither for no clock.",
    )
    SETTING_UNKNOWN = (
        "catalogue.setting_unknown", Kind.INVALID,
        "没有保存：没有名为“{name}”的设置。可用：{known}。",
        "Not saved: there is no setting {name}. Known are: {known}.",
    )
    SETTING_VALUE = (
        "catalogue.setting_value", Kind.INVALID,
        "没有保存：设置“{name}”不能是“{value}”。可选：{allowed}。",
        "Not saved: the setting {name} cannot be {value}. Possible are: {allowed}.",
    )
    COLUMN_MISSING = (
        "catalogue.column_missing", Kind.INVALID,
        "没有导入：表格里缺少“{column}”列。请补上这一列再导入。",
        "Nothing was imported: the table has no column {column}. Add it and import again.",
    )
    STANDARD_LACKS = (
        "catalogue.standard_lacks", Kind.INVALID,
        "没有导入：{rejected} 行读不了，{why}。请{do}，再导入一次。",
        "Nothing was imported: {rejected} rows cannot be read as they stand. Give {options} and import again.",
    )
    NOTHING_READ = (
        "catalogue.nothing_read", Kind.INVALID,
        "没有导入：表格里没有一行可用（{rejected} 行有问题）。请按退回原因改正后再导入。",
        "Nothing was imported: no row of the table could be used ({rejected} are odd). Correct them and import again.",
    )
    TOO_MANY_ROWS = (
        "catalogue.too_many_rows", Kind.TOO_LARGE,
        "没有导入：表格多于 {limit} 行。请核对文件，或分开导入。",
        "Nothing was imported: the table has more than {limit} rows. Check the file or import it in parts.",
    )


class RowError(ErrorCode):
    ODD = (
        "catalogue.row_odd", Kind.INVALID,
        "这一行没有导入：{why}。请改正后再导入。",
        "This row was not imported: {why}. Correct it and import again.",
    )
    LIMIT_IN_DOUBT = (
        "catalogue.row_limit_in_doubt", Kind.INVALID,
        "这一行已导入，但没有时限：{why}。请改正后再导入一次。",
        "This row was imported without a limit: {why}. Correct it and import once more.",
    )
    NAMED_OTHERWISE = (
        "catalogue.row_named_otherwise", Kind.INVALID,
        "这一行已导入，但名称不一致：{why}。请核对代码是否填对。",
        "This row was imported, but the name differs: {why}. Check that the code is the right one.",
    )
    KIND = (
        "catalogue.row_kind", Kind.INVALID,
        "这一行没有导入：类别“{kind}”不是部件或事件（事项）。请改正后再导入。",
        "This row was not imported: {kind} is neither component nor matter. Correct it and import again.",
    )
    CODE = (
        "catalogue.row_code", Kind.INVALID,
        "这一行没有导入：代码“{code}”应为 2 位大类代码，或再加 {digits} 位小类代码。请改正后再导入。",
        "This row was not imported: a code has 2 digits for the major class and {digits} more for the minor; not {code}. Correct it and import again.",
    )
    NAME = (
        "catalogue.row_name", Kind.INVALID,
        "这一行没有导入：名称空白或长于 {limit} 字。请改正后再导入。",
        "This row was not imported: the name is empty or longer than {limit} signs. Correct it and import again.",
    )
    NO_MAJOR = (
        "catalogue.row_no_major", Kind.INVALID,
        "这一行没有导入：大类“{major}”不在方案和本表中。请补上大类再导入。",
        "This row was not imported: the major class {major} is neither in the scheme nor in the table. Add it.",
    )
    CLASS = (
        "catalogue.row_class", Kind.INVALID,
        "这一行没有导入：分类“{code}”不在方案中。请先导入分类，或改正代码。",
        "This row was not imported: the class {code} is not in the scheme. Import the class first or correct the code.",
    )
    AREA = (
        "catalogue.row_area", Kind.INVALID,
        "这一行没有导入：没有编码为“{area}”的区域，或者不在您的权限范围内。请改正后再导入。",
        "This row was not imported: there is no area {area}, or it lies outside what you may see. Correct the code.",
    )
    UNIT = (
        "catalogue.row_unit", Kind.INVALID,
        "这一行没有导入：没有编码为“{unit}”的在用单位。请先建立单位，或改正编码。",
        "This row was not imported: there is no unit {unit} in use. Create it first or correct the code.",
    )
    TIMES = (
        "catalogue.row_times", Kind.INVALID,
        "这一行没有导入：时间“{part}”看不懂。请写“11-15~03-15”、“工作日”或“休息日”、“周六、周日”、“18:00-08:00”，几项之间空一格。",
        "This row was not imported: the time {part} cannot be read. Write 11-15~03-15, workdays or restdays, 18:00-08:00, a space between them.",
    )
    TIMES_MEET = (
        "catalogue.row_times_meet", Kind.INVALID,
        "这一行没有导入：时间与同一分类、同一区域的另一条规则（{when}）重叠，分不清该听哪一条。请错开时间，或合成一条。",
        "This row was not imported: its time meets that of another rule for the same class and area ({when}), so that none could be chosen. Part them or make one of them.",
    )
    HELPERS = (
        "catalogue.row_helpers", Kind.INVALID,
        "这一行没有导入：协办单位不能是责任单位自己，也不能多于 {most} 个；没有责任单位的，不能写协办单位。请改正后再导入。",
        "This row was not imported: the units that help must be others than the responsible one, {most} at the most, and not stand without one. Correct it.",
    )
    HINT = (
        "catalogue.row_hint", Kind.INVALID,
        "这一行没有导入：时限建议读不出（{why}）。请写“4工作时”、“2工作日”，或留空。",
        "This row was not imported: the hint at the limit cannot be read ({why}). Write it as the filing standard writes limits, or leave it empty.",
    )
    AUTOMATIC = (
        "catalogue.row_automatic", Kind.INVALID,
        "这一行没有导入：“自动派遣”写的是“{found}”。请写是或否；没有责任单位的，不能自动派遣。",
        "This row was not imported: the automatic dispatch says {found}. Write yes or no; without a responsible unit nothing can be dispatched.",
    )
    REPEATED = (
        "catalogue.row_repeated", Kind.INVALID,
        "这一行没有导入：与第 {first} 行是同一条。请删去其中一行。",
        "This row was not imported: it repeats row {first}. Delete one of the two.",
    )
