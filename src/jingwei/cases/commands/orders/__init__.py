"""Supervision orders (督办单): issued on a case, served on units, signed for, answered, judged."""

from jingwei.cases.commands.orders.going_on import accept_reply, reply, return_reply, sign_order, withdraw
from jingwei.cases.commands.orders.issue import Issued, issue, issue_order

__all__ = ["Issued", "accept_reply", "issue", "issue_order", "reply", "return_reply", "sign_order", "withdraw"]
