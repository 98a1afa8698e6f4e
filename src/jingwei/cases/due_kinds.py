"""What may be due beside the steps of cases: kind in the worklist → what it is called, and where the desk lists it. Pure."""

KINDS: dict[str, tuple[str, str]] = {
    "order_sign": ("督办单待签收", "/orders?show=mine"),
    "order_reply": ("督办单待报告", "/orders?show=mine"),
    "order_judge": ("督办单待审核", "/orders?show=mine"),
    "escalated": ("超时升级待关注", "/cases?told=true"),
    "appeal_first": ("超期申诉待初审", "/appeals"),
    "appeal_second": ("超期申诉待复审", "/appeals"),
    "callback": ("结案待回访", "/callbacks"),
    "proposal": ("建议提案待办理", "/proposals"),
    "mediation": ("调解待开展", "/mediations"),
    "visit_after": ("调解待回访", "/mediations"),
    "recheck": ("抽查待复核", "/samples?show=mine"),
    "letter": ("来信待处理", "/inbox"),
    "decision": ("会议交办待落实", "/meetings/decisions?show=mine"),
    "help": ("协办待完成", "/cases?helping=true"),
}
