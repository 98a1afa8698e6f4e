"""The codes of unreadable or doubtful files. Row-level ones travel as findings, the rest are raised.

The codes of shapes and layers stand in `shape_errors.py`.
"""

from jingwei.formats.shape_errors import ShapeError
from jingwei.kernel.errors import ErrorCode, Kind

__all__ = ["FormatError", "ShapeError"]


class FormatError(ErrorCode):
    # any file
    FILE_UNREADABLE = (
        "formats.file_unreadable", Kind.INVALID,
        "没有读取：文件打不开或已损坏（{why}）。请确认文件完整，重新复制或下载后再试。",
        "Nothing was read: the file cannot be opened or is damaged ({why}). Copy or download it again and retry.",
    )
    FILE_EMPTY = (
        "formats.file_empty", Kind.INVALID,
        "没有读取：文件里没有内容。请确认选对了文件，填好后再试。",
        "Nothing was read: the file holds nothing. Check that it is the right file and try again.",
    )
    FILE_TOO_LARGE = (
        "formats.file_too_large", Kind.TOO_LARGE,
        "没有读取：文件（解压后）超过 {limit_mb} MB 的上限。请拆成几个较小的文件，分次导入。",
        "Nothing was read: the file (unpacked) exceeds the limit of {limit_mb} MB. Split it and import the parts.",
    )
    ARCHIVE_BROKEN = (
        "formats.archive_broken", Kind.INVALID,
        "没有读取：压缩包损坏或不完整（{why}）。请重新保存或重新压缩后再试。",
        "Nothing was read: the archive is damaged or incomplete ({why}). Save or pack it again and retry.",
    )
    ARCHIVE_BOMB = (
        "formats.archive_bomb", Kind.TOO_LARGE,
        "没有读取：压缩包解开后大得异常（{size_mb} MB），可能是恶意文件。请核实来源，用办公软件另存后再试。",
        ("Nothing was read: the archive unpacks to an abnormal size ({size_mb} MB) and may be hostile. "
         "Check where it comes from; save it anew and retry."),
    )
    ARCHIVE_LOCKED = (
        "formats.archive_locked", Kind.UNSUPPORTED,
        "没有读取：文件设有密码，无法打开。请去掉密码另存后再试。",
        "Nothing was read: the file is protected by a password. Save it without one and retry.",
    )

    # tables
    TABLE_KIND = (
        "formats.table_kind", Kind.UNSUPPORTED,
        "没有读取：这不是表格文件，内容是{found}。请另存为 .xlsx 或 .csv 后再试。",
        "Nothing was read: this is no table but {found}. Save it as .xlsx or .csv and retry.",
    )
    ENCODING_UNKNOWN = (
        "formats.encoding_unknown", Kind.INVALID,
        "没有读取：文字编码既不是 UTF-8 也不是 GBK/GB18030。请用表格软件另存为“CSV UTF-8”或 .xlsx 后再试。",
        "Nothing was read: the text is neither UTF-8 nor GBK/GB18030. Save it as \"CSV UTF-8\" or .xlsx and retry.",
    )
    ENCODING_NAME = (
        "formats.encoding_name", Kind.INVALID,
        "没有读取：不认识文字编码“{name}”。请写 UTF-8、GBK 或 Big5。",
        "Nothing was read: there is no encoding \"{name}\". Write UTF-8, GBK or Big5.",
    )
    ENCODING_NOT_THIS = (
        "formats.encoding_not_this", Kind.REFUSED,
        "没有读取：属性文字不是 {name} 编码，有的字读不出来。请换一种编码，或留空由程序判断。",
        "Nothing was read: the texts are not {name}, some cannot be read so. Name another encoding, or none to have it found.",
    )
    ENCODING_OTHER = (
        "formats.encoding_other", Kind.REFUSED,
        "属性文字没有按 .cpg 读：.cpg 写的是 {stated}，内容却是 {name}（例如“{sample}”），已按内容读出。请核对名称，不对时指明编码。",
        ("The texts were not read as the .cpg says: it says {stated}, they are {name} (such as \"{sample}\") and were read so. "
         "Check the names, and name the encoding if they are wrong."),
    )
    ENCODING_DOUBTFUL = (
        "formats.encoding_doubtful", Kind.REFUSED,
        "属性文字的编码没有把握：暂按 {name} 读出，例如“{sample}”。请核对名称，不通顺时指明编码（UTF-8、GBK 或 Big5）再导。",
        ("The encoding of the texts is doubtful: read as {name}, such as \"{sample}\". Check the names; if they make no sense, "
         "name the encoding (UTF-8, GBK or Big5) and import again."),
    )
    ENCODING_DAMAGED = (
        "formats.encoding_damaged", Kind.INVALID,
        "没有读取：文件是 UTF-8 编码，但第 {line} 行附近有坏字节。请改正该处文字，重新保存后再试。",
        "Nothing was read: the file is UTF-8 but holds bad bytes near line {line}. Correct that place and retry.",
    )
    NUL_BYTES = (
        "formats.nul_bytes", Kind.INVALID,
        "没有读取：第 {line} 行有空字节（NUL），文件可能已损坏或不是文本。请重新导出表格后再试。",
        "Nothing was read: line {line} holds a NUL byte; the file is damaged or no text. Export it again and retry.",
    )
    COLUMNS_MISSING = (
        "formats.columns_missing", Kind.INVALID,
        "没有读取：表头缺少必需的列：{columns}。文件里有：{found}。请对照模板补上这些列后再试。",
        ("Nothing was read: required columns are missing: {columns}. The file has: {found}. "
         "Add them as in the template and retry."),
    )
    COLUMNS_DUPLICATE = (
        "formats.columns_duplicate", Kind.INVALID,
        "没有读取：表头有重复的列名：{columns}，无法判断用哪一列。请改名或删去多余的列后再试。",
        "Nothing was read: column names occur twice: {columns}. Rename or remove the surplus columns and retry.",
    )
    QUOTE_UNCLOSED = (
        "formats.quote_unclosed", Kind.INVALID,
        "没有读完：第 {number} 行（文本第 {line} 行）有只开不关的双引号。请补上或删去该引号后再试。",
        ("Not read to the end: row {number} (text line {line}) opens a quotation mark that never closes. "
         "Close or remove it and retry."),
    )
    QUOTE_STRAY = (
        "formats.quote_stray", Kind.INVALID,
        "没有读完：第 {number} 行（文本第 {line} 行）的双引号后面还有文字。请把格内的双引号写成两个再试。",
        ("Not read to the end: row {number} (text line {line}) has text after a closing quotation mark. "
         "Double the marks inside the cell and retry."),
    )
    CELL_TOO_LONG = (
        "formats.cell_too_long", Kind.INVALID,
        "没有读完：第 {number} 行（文本第 {line} 行）有一格或一行过长，可能引号没有配对。请检查该处后再试。",
        ("Not read to the end: a cell or line at row {number} (text line {line}) is too long; a quotation mark "
         "may be missing. Check that place and retry."),
    )
    SHEET_MISSING = (
        "formats.sheet_missing", Kind.INVALID,
        "没有读取：工作簿里没有名为“{sheet}”的工作表，只有：{found}。请改用其中之一。",
        "Nothing was read: the workbook has no sheet \"{sheet}\", only: {found}. Name one of these.",
    )
    WORKBOOK_BROKEN = (
        "formats.workbook_broken", Kind.INVALID,
        "没有读取：工作簿内部损坏，解析不了。请用表格软件打开并另存为 .xlsx 后再试。",
        "Nothing was read: the workbook is damaged inside. Open it, save it as .xlsx and retry.",
    )
    SHEET_TOO_WIDE = (
        "formats.sheet_too_wide", Kind.TOO_LARGE,
        "没有读取：工作表“{sheet}”占用的范围过大（{rows} 行 × {columns} 列）。请删去远处多余的单元格后再试。",
        ("Nothing was read: sheet \"{sheet}\" spans too much ({rows} rows × {columns} columns). "
         "Delete the stray cells far out and retry."),
    )
    CELLS_BEYOND_HEADER = (
        "formats.cells_beyond_header", Kind.REFUSED,
        "本行未按原样采用：第 {columns} 列有内容但没有表头，可能是格内多了分隔符。请核对后改正。",
        ("Row not taken as it stands: columns {columns} hold something under no header; a cell may hold an "
         "unquoted delimiter. Check and correct it."),
    )
    NUMBER_SPOILED = (
        "formats.number_spoiled", Kind.REFUSED,
        "本行未按原样采用：“{column}”的数字超过 15 位，末尾已被表格软件改成别的数。请把该列设为文本格式后重新填写。",
        ("Row not taken as it stands: the number in \"{column}\" has more than 15 digits and its tail is lost. "
         "Format the column as text and enter it again."),
    )

    # pictures
    IMAGE_TOO_LARGE = (
        "formats.image_too_large", Kind.TOO_LARGE,
        "没有保存：照片超过 {limit_mb} MB。请调低相机分辨率或压缩后再传。",
        "Not saved: the picture exceeds {limit_mb} MB. Lower the camera's resolution or compress it.",
    )
    IMAGE_TOO_MANY_PIXELS = (
        "formats.image_too_many_pixels", Kind.TOO_LARGE,
        "没有保存：照片像素超过 {limit_mp} 百万的上限。请缩小后再传。",
        "Not saved: the picture has more than {limit_mp} million pixels. Scale it down and send it again.",
    )
    IMAGE_KIND = (
        "formats.image_kind", Kind.UNSUPPORTED,
        "没有保存：不支持这种内容（{found}），只收 JPEG、PNG、WebP 照片。请换成这些格式后再传。",
        "Not saved: {found} is not taken, only JPEG, PNG and WebP pictures. Convert it and send it again.",
    )
    IMAGE_HEIC = (
        "formats.image_heic", Kind.UNSUPPORTED,
        "没有保存：暂不支持 HEIC/HEIF 照片。请在手机相机设置里选“兼容性最佳”（JPEG），或转成 JPEG 后再传。",
        "Not saved: HEIC/HEIF is not supported. Set the camera to \"most compatible\" (JPEG) or convert it.",
    )
    IMAGE_DAMAGED = (
        "formats.image_damaged", Kind.INVALID,
        "没有保存：照片不完整或已损坏，打不开全图。请重新拍摄或重新发送。",
        "Not saved: the picture is truncated or damaged. Take it or send it again.",
    )
    EXIF_UNREADABLE = (
        "formats.exif_unreadable", Kind.REFUSED,
        "没有取得拍摄信息：照片附带的信息已损坏。照片本身可用，时间和位置请另行填写。",
        ("No evidence was taken: the data attached to the picture are damaged. The picture is usable; "
         "enter time and place by hand."),
    )

    # documents
    DOCUMENT_TOO_LARGE = (
        "formats.document_too_large", Kind.TOO_LARGE,
        "没有保存：附件超过 {limit_mb} MB。请拆分或压缩后再传。",
        "Not saved: the document exceeds {limit_mb} MB. Split or compress it and send it again.",
    )
    DOCUMENT_KIND = (
        "formats.document_kind", Kind.UNSUPPORTED,
        "没有保存：不收这种附件（{found}），只收 PDF、DOCX、XLSX 和纯文本。请另存为这些格式后再传。",
        "Not saved: {found} is not taken, only PDF, DOCX, XLSX and plain text. Save it as one of these.",
    )
    DOCUMENT_ACTIVE = (
        "formats.document_active", Kind.UNSUPPORTED,
        "没有保存：附件含有可以执行的内容（{found}），为安全起见不收。请另存为不含宏和脚本的文件后再传。",
        ("Not saved: the document can run something ({found}), which is refused for safety. "
         "Save it without macros and scripts."),
    )
    DOCUMENT_DAMAGED = (
        "formats.document_damaged", Kind.INVALID,
        "没有保存：附件不完整或已损坏（{why}）。请重新导出后再传。",
        "Not saved: the document is truncated or damaged ({why}). Export it again and retry.",
    )

    # papers
    NO_CHINESE_FONT = (
        "formats.no_chinese_font", Kind.CONFLICT,
        "没有打印：服务器上没有中文字体。请系统管理员安装字体（软件包 {package}）后再试。",
        "Nothing was printed: the server has no Chinese font. Install one (on Debian {package}) and try again.",
    )

    # times
    TIME_NOT_UNDERSTOOD = (
        "formats.time_not_understood", Kind.INVALID,
        "没有采用：时间“{text}”不符合约定的写法。请按“{example}”的样子填写。",
        "Not taken: the time \"{text}\" fits none of the agreed forms. Write it like \"{example}\".",
    )
    TIME_DIGITS = (
        "formats.time_digits", Kind.INVALID,
        "没有采用：时间“{text}”里有全角或其他非标准数字。请改用半角数字 0–9。",
        "Not taken: the time \"{text}\" holds full-width or other digits. Use the digits 0-9.",
    )
    TIME_YEAR = (
        "formats.time_year", Kind.REFUSED,
        "没有采用：年份 {year} 不在 2000–2100 之间，多半是空值或占位值。请填写真实时间。",
        "Not taken: the year {year} lies outside 2000-2100 and is probably a placeholder. Enter the real time.",
    )
    TIME_NOT_UNIQUE = (
        "formats.time_not_unique", Kind.REFUSED,
        "没有采用：{text} 在时区 {zone} 因夏令时调整不存在或出现两次。请写明与 UTC 的时差。",
        "Not taken: {text} does not exist or occurs twice in {zone} (daylight saving). State the offset from UTC.",
    )
    TIME_ZONE = (
        "formats.time_zone", Kind.INVALID,
        "没有采用：不认识时区“{zone}”。请使用如 Asia/Shanghai 的名称。",
        "Not taken: the zone \"{zone}\" is unknown. Use a name such as Asia/Shanghai.",
    )

    # coordinates
    LONLAT_NOT_NUMBER = (
        "formats.lonlat_not_number", Kind.INVALID,
        "没有采用：坐标“{lon}, {lat}”不是有限的数字。请用半角十进制度数填写，如 116.404、39.915。",
        ("Not taken: the coordinates \"{lon}, {lat}\" are no finite numbers. Write decimal degrees such as "
         "116.404, 39.915."),
    )
    LONLAT_RANGE = (
        "formats.lonlat_range", Kind.REFUSED,
        "没有采用：坐标 {lon}, {lat} 超出经度 ±180、纬度 ±90。请核对是否为米制坐标，先转换成经纬度。",
        "Not taken: {lon}, {lat} lies outside longitude ±180, latitude ±90. If these are metres, convert them first.",
    )
    LONLAT_SWAPPED = (
        "formats.lonlat_swapped", Kind.REFUSED,
        "没有采用：坐标 {lon}, {lat} 的经度和纬度像是写反了。请核对，先经度后纬度。",
        "Not taken: longitude and latitude of {lon}, {lat} look exchanged. Check them; longitude comes first.",
    )
    LONLAT_NULL_ISLAND = (
        "formats.lonlat_null_island", Kind.REFUSED,
        "没有采用：坐标为 0, 0，多半是定位失败的占位值。请重新定位或在地图上点选。",
        "Not taken: the coordinates are 0, 0, which a failed fix leaves behind. Locate again or pick on the map.",
    )
