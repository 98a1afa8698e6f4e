"""Supervision orders (督办单): how one served on a unit goes on, and who may do what with it. Pure.

A row is (state, deed, who, next state). `who`: 'served', somebody of the unit it was served on; 'issuing', a post that
may issue orders for this place. Nobody judges a reply of their own.
"""

LEVELS = {"ordinary": "一般督办", "important": "重点督办", "urgent": "紧急督办"}
ISSUING = ("leader", "shift_leader", "dispatcher", "town_officer")
SERVED = ("handler", "community_officer", "town_officer", "county_officer")

# state of what was served -> its name, and the kind of thing it is on the due list ('' for what is over)
STATES = {
    "issued": ("待签收", "order_sign"),
    "signed": ("办理中", "order_reply"),
    "returned": ("退回重办", "order_reply"),
    "replied": ("待审核", "order_judge"),
    "accepted": ("已办结", ""),
    "withdrawn": ("已撤销", ""),
}
OPEN = tuple(state for state, (_, kind) in STATES.items() if kind)
WITH_UNIT = ("issued", "signed", "returned")  # its clock runs against the unit

DEEDS = {"sign": "签收", "reply": "报告办理情况", "accept": "同意办结", "return": "退回重办", "withdraw": "撤销"}

ROWS = (
    ("issued", "sign", "served", "signed"),
    ("signed", "reply", "served", "replied"),
    ("returned", "reply", "served", "replied"),
    ("replied", "accept", "issuing", "accepted"),
    ("replied", "return", "issuing", "returned"),
    ("issued", "withdraw", "issuing", "withdrawn"),
    ("signed", "withdraw", "issuing", "withdrawn"),
    ("returned", "withdraw", "issuing", "withdrawn"),
    ("replied", "withdraw", "issuing", "withdrawn"),
)


def find(state: str, deed: str) -> tuple[str, str, str, str] | None:
    """The row for a deed in a state, or None: there is at most one."""
    return next((row for row in ROWS if row[0] == state and row[1] == deed), None)


def possible(state: str, stands: frozenset[str]) -> list[str]:
    """The deeds that are possible now for whoever stands there as 'served', 'issuing' or both."""
    return [deed for at, deed, who, _ in ROWS if at == state and who in stands]


def whole(states: list[str]) -> str:
    """What an order is as a whole: open while anybody owes something, else closed, or withdrawn from everybody."""
    if any(state in OPEN for state in states):
        return "open"
    return "closed" if "accepted" in states else "withdrawn"
