"""Refusals around matters that a unit must sign for."""

from jingwei.kernel.errors import ErrorCode, Kind


class ReferralError(ErrorCode):
    WRONG_STATE = (
        "referral.wrong_state", Kind.CONFLICT,
        "没有执行“{deed}”：这件报送现在是“{state}”。请刷新后按现状操作。",
        "“{deed}” was not done: the referral is “{state}” now. Refresh and go on from there.",
    )
    WRONG_SIDE = (
        "referral.wrong_side", Kind.FORBIDDEN,
        "没有执行“{deed}”：这一步由{side}来做，送出的人不能自己签收，答复的人不能自己办结。请转给应办的同事。",
        "“{deed}” was not done: {side} does that; nobody signs for what they sent or ends what they answered. Pass it on.",
    )
    MISSING = (
        "referral.missing", Kind.REFUSED,
        "没有执行“{deed}”：缺少{what}。请补上后再提交。",
        "“{deed}” was not done: {what} is missing. Add it and send again.",
    )
    UNKNOWN_CATEGORY = (
        "referral.unknown_category", Kind.REFUSED,
        "没有报送：没有“{category}”这个类别，此处可选 {possible}。请改选后再提交。",
        "Not sent: there is no category {category} here, only {possible}. Choose one of them.",
    )
    UNKNOWN_URGENCY = (
        "referral.unknown_urgency", Kind.REFUSED,
        "没有报送：缓急程度“{urgency}”不认识，可选 {possible}。请改选后再提交。",
        "Not sent: {urgency} is no urgency, there are {possible}. Choose one of them.",
    )
    UNKNOWN_UNIT = (
        "referral.unknown_unit", Kind.REFUSED,
        "没有报送：没有编号为“{unit}”的单位。请从单位列表中选择。",
        "Not sent: there is no unit {unit}. Choose one from the list.",
    )
    UNIT_RETIRED = (
        "referral.unit_retired", Kind.REFUSED,
        "没有报送：“{unit}”已经停用，没有人会签收。请改选接替它的单位。",
        "Not sent: {unit} is out of use and nobody will sign there. Choose the unit that took over.",
    )
    OWN_UNIT = (
        "referral.own_unit", Kind.REFUSED,
        "没有报送：“{unit}”是您自己的单位，不能报送给自己。请改选其他单位，本单位能办的请直接办理。",
        "Not sent: {unit} is your own unit. Choose another, or do what your own unit can do.",
    )
    SAME_UNIT = (
        "referral.same_unit", Kind.REFUSED,
        "没有改送：这件报送现在就在“{unit}”待签收或办理。请改选其他单位，或等它签收。",
        "Not passed on: {unit} has it now. Choose another unit, or wait until it signs.",
    )
    NOBODY_SIGNS = (
        "referral.nobody_signs", Kind.CONFLICT,
        "还没有报送：“{unit}”现在没有能签收的人员，送去会逾期。请改选单位，或请安全管理员给该单位授予岗位；仍要送的，请确认后再提交。",
        ("Not sent yet: nobody at {unit} can sign now, it would run late. Choose another unit, have a post given there, or "
         "send it all the same by confirming."),
    )
    NO_PLACE = (
        "referral.no_place", Kind.REFUSED,
        "没有报送：没有写明在哪里。请在地图上点选，或选择所属区域。",
        "Not sent: it says nowhere where this is. Choose the place on the map or the area.",
    )
    UNKNOWN_AREA = (
        "referral.unknown_area", Kind.REFUSED,
        "没有报送：区域“{area}”不存在，或不在您的责任范围内。请改选。",
        "Not sent: there is no area {area} within yours. Choose another.",
    )
    OUTSIDE = (
        "referral.outside", Kind.FORBIDDEN,
        "没有报送：位置在您的责任范围之外（{area}）。请告诉该处的网格员，或上报为案件。",
        "Not sent: the place is outside your area ({area}). Tell its grid worker, or report a case.",
    )
    EXISTS = (
        "referral.exists", Kind.CONFLICT,
        "没有重复报送：这个编号的报送已经收到。请在“我报送的”里查看。",
        "Not sent twice: a referral with this id has already arrived. Look under what you sent.",
    )
    BAD_MONTH = (
        "referral.bad_month", Kind.REFUSED,
        "没有列出：月份“{month}”不可用（写成 2026-11，2000 年至本月）。请改选月份。",
        "Nothing listed: the month {month} cannot be used (like 2026-11, from 2000 to the present). Choose another.",
    )
