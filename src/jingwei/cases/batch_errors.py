"""Refusals of tables of new reports, and of minutes of meetings."""

from jingwei.kernel.errors import ErrorCode, Kind


class BatchError(ErrorCode):
    TOO_MANY_ROWS = (
        "batch.too_many_rows", Kind.TOO_LARGE,
        "没有读取：表里超过 {most} 行，一次最多登记 {most} 行。请拆成几份，分次上传。",
        "Nothing was read: the table has more than {most} rows, the most of one time. Split it.",
    )
    NOTHING_TO_FILE = (
        "batch.nothing_to_file", Kind.REFUSED,
        "没有登记：没有可以登记的行（{bad} 行有误，{there} 行此前已登记）。请改正有误的行后再传。",
        "Nothing was filed: no row can be ({bad} are wrong, {there} were filed before). Correct the wrong ones and send them again.",
    )
    RUNNING = (
        "batch.running", Kind.CONFLICT,
        "没有开始：您的上一份表“{name}”还在登记（{done}/{rows} 行）。请等它完成，或先停止它。",
        "Not begun: your table {name} is still being filed ({done} of {rows} rows). Wait for it, or stop it.",
    )
    OTHER_FILE = (
        "batch.other_file", Kind.CONFLICT,
        "没有开始：这个编号已用于另一份表。请刷新页面后重新上传。",
        "Not begun: this id belongs to another table. Reload the page and send it again.",
    )
    NOT_RUNNING = (
        "batch.not_running", Kind.CONFLICT,
        "没有停止：这份表已经登记完或已停止。请刷新后查看结果。",
        "Nothing to stop: this table is filed or was stopped already. Refresh and look at the outcome.",
    )
    NO_POINT = (
        "batch.no_point", Kind.REFUSED,
        "这一行没有登记：没有经度、纬度，也没有网格编码。请补上其中一种。",
        "Row not filed: it has neither coordinates nor the code of a grid. Add one of them.",
    )
    UNKNOWN_GRID = (
        "batch.unknown_grid", Kind.REFUSED,
        "这一行没有登记：没有编码为 {code} 的网格，或它还没有画边界。请核对编码，或填经度、纬度。",
        "Row not filed: there is no grid {code}, or it has no outline yet. Check the code, or give coordinates.",
    )
    UNKNOWN_CLASS = (
        "batch.unknown_class", Kind.REFUSED,
        "这一行没有登记：没有在用的分类“{word}”。请填小类名称或完整代码，也可以空着，受理时再选。",
        "Row not filed: no class in use is called {word}. Give the name of a minor class or its full code, or leave it empty.",
    )
    SEVERAL_CLASSES = (
        "batch.several_classes", Kind.REFUSED,
        "这一行没有登记：叫“{word}”的分类不止一个：{codes}。请填其中一个代码。",
        "Row not filed: several classes are called {word}: {codes}. Give one of these codes.",
    )
    SAME_ROW = (
        "batch.same_row", Kind.REFUSED,
        "这一行没有登记：与第 {first} 行完全相同。确是两件事的，请写出不同之处。",
        "Row not filed: it is the very same as row {first}. If it is another matter, say what differs.",
    )
    THERE_ALREADY = (
        "batch.there_already", Kind.CONFLICT,
        "这一行没有再登记：它在此前上传的表里已经登记过。不需要办理。",
        "Row not filed again: it was filed from a table sent before. Nothing is to be done.",
    )


class MinutesError(ErrorCode):
    NO_TITLE = (
        "minutes.no_title", Kind.REFUSED,
        "没有登记：会议纪要没有名称，或日期晚于今天。请填写名称和开会日期。",
        "Nothing was filed: the minutes have no title, or a date after today. Give both.",
    )
    NO_ITEMS = (
        "minutes.no_items", Kind.REFUSED,
        "没有登记：没有选中要登记的事项。请至少选一项并标明位置。",
        "Nothing was filed: no matter was chosen. Choose one at least and say where it is.",
    )
    WRONG_ITEM = (
        "minutes.wrong_item", Kind.REFUSED,
        "没有登记：第 {item} 项有误，全部没有登记。{why}",
        "Nothing was filed: matter {item} is wrong, and none was taken. {why}",
    )
    TOO_MUCH = (
        "minutes.too_much", Kind.TOO_LARGE,
        "没有拆分：纪要超过 {most} 字，或拆出超过 {items} 项。请分成几部分粘贴。",
        "Not taken apart: the minutes have more than {most} signs, or {items} matters. Paste them in parts.",
    )


class BatchRemark(ErrorCode):
    UNUSED_COLUMNS = (
        "batch.unused_columns", Kind.REFUSED,
        "没有用到的列：{columns}。列名写错的请改正；不需要的不用管。",
        "Columns that mean nothing here: {columns}. Correct misspelt names; others do no harm.",
    )
    THERE_BEFORE = (
        "batch.there_before", Kind.REFUSED,
        "{count} 行与 30 天内登记过的行完全相同，不再登记。确要再登记的，请勾选“相同的也登记”。",
        "{count} rows are the very same as rows filed within 30 days and are left out. Tick the box to file them all the same.",
    )
    FILED_FROM_FILE = (
        "batch.filed_from_file", Kind.REFUSED,
        "这份文件传过：其中 {count} 行已经登记，不会登记第二次。其余的行照常登记。",
        "This very file was sent before: {count} of its rows are filed and will not be filed twice. The other rows are filed as usual.",
    )
