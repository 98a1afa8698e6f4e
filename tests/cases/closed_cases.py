"""A town's closed cases by the hundred, as the commands would have left them."""

import random
from datetime import datetime, timedelta

from jingwei.accounts import queries as accounts
from jingwei.cases.models import Case
from jingwei.catalogue import queries as catalogue
from jingwei.grids.models import Area
from jingwei.journal.queries import generations
from jingwei.kernel.ids import new_id
from tests.cases.conftest import GARBAGE, IN_FIRST, MONDAY_NINE, NO_RULE_CLASS, SCHEME, VENDOR

SHOPS = f"{SCHEME}/matter/09005"
# class: who handled it, words of each of its filing conditions
TOLD = {
    GARBAGE: ("HW", {"公共场所有生活垃圾": ["生活垃圾堆了好几天没人清", "垃圾成堆发臭", "暴露垃圾没人收"]}),
    VENDOR: ("ZF", {"占道经营的游商": ["流动摊贩占道卖菜", "小贩占着路口摆摊", "游商叫卖堵路"]}),
    SHOPS: ("ZF", {"店外摆放商品": ["店家把货品摆到人行道上", "店外摆放水果筐"], "店外搭建棚架": ["店门口搭了棚架", "搭建雨棚占道"]}),
    NO_RULE_CLASS: ("YL", {"道路结冰": ["路面结冰打滑", "桥面积雪结冰", "积雪没人铲"]}),
}


def close_many(count: int, *, until: datetime = MONDAY_NINE, seed: int = 1, days: int = 200) -> None:
    """So many closed cases of the four classes, spread over the days before."""
    book, units = catalogue.book(generations()), {row.code: row for row in accounts.unit_book().values()}
    area, chance, rows = Area.objects.get(code="990101001001001"), random.Random(seed), []
    for number in range(count):
        code, (unit, conditions) = chance.choice(list(TOLD.items()))
        said = chance.choice(list(conditions))
        row = book.by_code[code]
        condition = next(one for one in book.conditions_of(row.id) if one.text == said)
        at = until - timedelta(days=days * (count - number) / count)
        rows.append(Case(
            id=new_id(), number=f"990101-2026-7{number:05}", county="990101", profile="city", state="closed", channel="supervisor",
            text=f"{chance.choice(conditions[said])}，枫林路{number}号", lon=IN_FIRST[0], lat=IN_FIRST[1], cell=1, area_then=area, area_now=area,
            area_path=area.path, class_entry_id=row.id, condition_id=condition.id, unit_id=units[unit].id, unit_path=units[unit].path,
            reported_at=at, state_at=at, ended_at=at))
    Case.objects.bulk_create(rows)
