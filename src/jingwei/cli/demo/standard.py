"""The demonstration's catalogue: the national classes, an invented filing standard, who answers for what."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from jingwei.catalogue import commands
from jingwei.cli.demo.rules import CONDITIONS, RULES, SCHEME, TOWN
from jingwei.formats.rows import Row
from jingwei.grids import queries as places
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

_UNITS = {"urgent_hour": "紧急小时", "urgent_day": "紧急日", "work_hour": "工作小时", "work_day": "工作日"}


def lay_down(actor: Actor, at: datetime) -> None:
    """Scheme, filing conditions, rules of responsibility, and the township's flow in the town. After the units."""
    with clock.held_at(at), transaction.atomic():
        commands.install_scheme(actor, SCHEME)
        _whole(commands.import_standard(actor, SCHEME, _rows(
            ("类别", "大类代码", "小类代码", "立案条件", "处置时限", "结案条件"),
            [("事项", line.code[:2], line.code[2:], line.filing, f"{line.value}{_UNITS[line.unit]}", line.closing)
             for line in CONDITIONS])))
        _whole(commands.import_rules(actor, SCHEME, _rows(
            ("类别", "分类代码", "区域编码", "责任单位编码"),
            [("事项", rule.prefix, rule.area, rule.unit) for rule in RULES])))
        commands.set_setting(actor, "flow_profile", "township", places.path_of_code(TOWN) or "")


def _rows(header: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[Row]:
    for number, line in enumerate(lines, 2):
        yield Row(number, number, dict(zip(header, line, strict=True)))


def _whole(outcome: commands.Outcome) -> None:
    if outcome.remarks:
        raise RuntimeError(f"the demonstration's own catalogue was doubted: {outcome.remarks[0].text()}")
