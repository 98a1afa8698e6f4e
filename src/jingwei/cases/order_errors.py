"""Refusals around urging, supervision orders and escalation ladders."""

from jingwei.kernel.errors import ErrorCode, Kind


class OrderError(ErrorCode):
    OWN_TO_DO = (
        "case.own_to_do", Kind.CONFLICT,
        "没有催办：这件案件现在等的就是您的岗位。请直接办理，或转给同岗位的同事。",
        "Not urged: the case waits for a post that is yours. Do the next step, or leave it to a colleague in that post.",
    )
    URGED_LATELY = (
        "case.urged_lately", Kind.CONFLICT,
        "没有催办：您在 {at} 已经催办过，{hours} 小时内只能催办一次。{next}后可以再催，或发督办单、联系承办单位。",
        "Not urged: you did so at {at}, and once in {hours} hours is the most. Urge again after {next}, or issue an order.",
    )
    ORDER_NOT_NOW = (
        "case.order_not_now", Kind.CONFLICT,
        "没有执行“{action}”：这张督办单在“{unit}”现在是“{state}”。请刷新后按现状操作。",
        "“{action}” was not done: at {unit} this order is “{state}”. Refresh and go on from there.",
    )
    ORDER_NOT_YOURS = (
        "case.order_not_yours", Kind.FORBIDDEN,
        "没有执行“{action}”：由{who}来做，您不是。请转给有此岗位的同事。",
        "“{action}” was not done: it is for {who}, which you are not. Pass it to one who is.",
    )
    ORDER_OWN_REPLY = (
        "case.order_own_reply", Kind.FORBIDDEN,
        "没有执行“{action}”：签发、报告和审核须由不同的人来做，您做过“{earlier}”。请转给其他同事。",
        "“{action}” was not done: issuing, replying and judging are kept apart, and you did “{earlier}”. Another person must do it.",
    )
    ORDER_NO_UNIT = (
        "case.order_no_unit", Kind.REFUSED,
        "没有发出督办单：没有选择单位，案件现在也没有承办单位。请选择督办的单位。",
        "No order was issued: no unit was chosen, and no unit holds the case. Choose the units.",
    )
    ORDER_UNITS_MANY = (
        "case.order_units_many", Kind.REFUSED,
        "没有发出督办单：一张督办单最多发 {most} 个单位。请分开发出。",
        "No order was issued: one order goes to {most} units at the most. Issue several.",
    )
    UNKNOWN_ORDER_LEVEL = (
        "case.unknown_order_level", Kind.REFUSED,
        "没有发出督办单：没有“{level}”这个督办级别，可用 {possible}。请改选后再提交。",
        "No order was issued: there is no level {level}; there are {possible}. Choose one of them.",
    )
    BAD_LADDER = (
        "case.bad_ladder", Kind.REFUSED,
        "没有保存升级规则：第 {rung} 级{why}。请改正后再保存。",
        "The ladder was not saved: rung {rung}: {why}. Correct it and save again.",
    )
