"""Refusals around the papers of a grid: four bounds, maps and cards, what of a person may be printed."""

from jingwei.kernel.errors import ErrorCode, Kind


class PaperError(ErrorCode):
    BOUNDS_BY_HAND = (
        "grids.bounds_by_hand", Kind.CONFLICT,
        "没有改写：{area}的四至是人工填写的（{text}）。确实要按底图重写，请选择“替换人工填写的”。",
        "Nothing was written: the four bounds of {area} were written by hand ({text}). To write them anew, ask to replace them.",
    )
    BOUNDS_UNKNOWN = (
        "grids.bounds_unknown", Kind.REFUSED,
        "没有写出：{area}四周的底图上没有有名称的街巷、河流，也没有相邻的区域。请先导入街巷图层，或人工填写。",
        ("Nothing was written: around {area} the base map has no named street or water and there is no neighbouring area. "
         "Import the streets, or write the bounds by hand."),
    )
    NO_OUTLINE = (
        "grids.no_outline", Kind.REFUSED,
        "没有完成：{area}还没有画边界。请先导入或画出它的边界。",
        "Nothing was done: {area} has no outline yet. Import or draw it first.",
    )
    TOO_MUCH_ON_PAPER = (
        "grids.too_much_on_paper", Kind.REFUSED,
        "没有打印：{area}下面有 {count} 个{what}，一张纸最多印 {most} 个。请选下一级的区域，逐个打印。",
        "Nothing was printed: {area} has {count} {what}, a paper takes {most}. Choose an area below it.",
    )
    UNKNOWN_PAPER = (
        "grids.unknown_paper", Kind.INVALID,
        "没有打印：没有“{paper}”这种纸张。地图可用 A4 或 A3。",
        "Nothing was printed: there is no paper {paper}. Maps take A4 or A3.",
    )
    NO_CONSENT = (
        "grids.no_consent", Kind.REFUSED,
        "没有保存：公开电话、照片要本人同意。请本人勾选同意，或登记已签字的同意书。",
        "Nothing was saved: a phone or a photo is made public with the person's consent only. Give it, or record the signed form.",
    )
    NOTHING_PUBLIC = (
        "grids.nothing_public", Kind.REFUSED,
        "没有保存：既没有电话，也没有照片。请至少填一项；不想公开就不用保存，印出来只有姓名和岗位。",
        "Nothing was saved: there is neither phone nor photo. Give one of them; without, only name and post are printed.",
    )
    BAD_PHONE = (
        "grids.bad_phone", Kind.REFUSED,
        "没有保存：“电话”应为 3 至 20 位，只含数字、空格、+、-、括号。请改正。",
        "Nothing was saved: a phone number has 3 to 20 digits, spaces, +, - or brackets. Correct it.",
    )
    NOT_A_PHOTO = (
        "grids.not_a_photo", Kind.REFUSED,
        "没有保存：所选文件不是照片，或不是您上传的。请重新上传一张照片。",
        "Nothing was saved: the file is no photo, or not one that you uploaded. Upload a photo.",
    )
