"""The kinds of things that people are told of cases, as they are shipped."""

from jingwei.cases import told
from jingwei.notices.ports import Kind


def told_kinds() -> list[Kind]:
    """In the order of the table; what its first row says holds for the kind."""
    return [Kind(code, rules[0].name, told.whom(rules), any(rule.active for rule in rules), rules[0].urgent, rules[0].ways)
            for code, rules in told.by_kind().items()]
