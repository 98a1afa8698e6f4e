"""What a case has beside its flow, as one short text `|a|b|`: told with every list and page without asking another table. Pure."""

NAMES: dict[str, str] = {
    "helped": "联合处置",
    "escalated": "超时升级",
    "callback": "待回访",
    "called": "已回访",
    "rechecked": "抽查合格",
    "recheck_wrong": "抽查不合格",
    "leads": "含并案",
    "meeting": "会议决定",
    "order": "督办",
    "ordered": "督办已办结",
    "repeat": "重复发生",
    "publicity": "公示",
    "claim": "涉及金额",
    "urged": "催办",
    "renewal": "申请续挂", "ending": "挂账将到期",
    "overran": "", "appeal": "超期申诉中", "exempted": "超期，已豁免",
    "referred": "有报送",
    "mediation": "调解中", "visits": "调解回访中", "mediated": "已调解",
}
"""Mark → the word on the tag; without one it is for rules alone and not shown."""

OVERRAN, APPEAL, EXEMPTED = "overran", "appeal", "exempted"


def marks_of(text: str) -> list[str]:
    """The marks in a case's column, in the order in which they came."""
    return [name for name in text.split("|") if name]


def with_mark(text: str, name: str) -> str:
    """The column with a mark more; unchanged if it has it."""
    found = marks_of(text)
    return text if name in found else _joined([*found, name])


def without_mark(text: str, name: str) -> str:
    """The column without a mark."""
    return _joined([other for other in marks_of(text) if other != name])


def _joined(names: list[str]) -> str:
    return f"|{'|'.join(names)}|" if names else ""
