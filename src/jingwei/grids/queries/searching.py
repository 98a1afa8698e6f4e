"""Areas by the beginning of a code or a part of a name, within reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from jingwei.accounts.queries import Right, narrow
from jingwei.grids.codes import Level
from jingwei.grids.models import Area
from jingwei.grids.placing import BASE
from jingwei.kernel.actor import Actor

_LONGEST = 40  # signs of a question worth asking


@dataclass(frozen=True, slots=True)
class FoundArea:
    """`chain`: the names from the county down to the area itself, "示例区 / 柳溪街道 / 枫林社区". `ended`: since when it no
    longer stands.
    """

    id: int
    code: str
    name: str
    kind: str
    level: int
    chain: str
    ended: datetime | None = None


def find(actor: Actor, words: str, *, limit: int = 20, system: str = BASE, ended: bool = False) -> list[FoundArea]:
    """Areas whose code begins with the words or whose name holds them; larger ones first. Two statements.

    `ended`: also those that no longer stand, last: what happened in them is still found by them.
    """
    words = words.strip()[:_LONGEST]
    if not words:
        return []
    statuses = ["active", "retired"] if ended else ["active"]
    rows = narrow(Area.objects.filter(system=system, status__in=statuses, plan__state="published"), actor, Right.AREA_READ,
                  area="path")
    rows = rows.filter(Q(code__gte=words, code__lt=words + "\U0010ffff") if words.isascii() and words.isdigit()
                       else Q(code__startswith=words) | Q(name__contains=words))
    found = list(rows.order_by("status", "level", "code").values_list("id", "code", "name", "kind", "level", "valid_to")[:limit])
    chains = _chains([row[0] for row in found])
    return [FoundArea(area, code, name, kind, level, chains[area], over) for area, code, name, kind, level, over in found]


def chain_words(area_id: int) -> str:
    """The names from the county down to the area itself, as people say where something is. One statement."""
    return _chains([area_id]).get(area_id, "")


def _chains(area_ids: Sequence[int]) -> dict[int, str]:
    """The names above each area and its own; from the county down, where it lies in one."""
    if not area_ids:
        return {}
    marks = ", ".join(["%s"] * len(area_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE up AS (SELECT id AS start, id, parent_id, 0 AS steps FROM grids_area"
            f" WHERE id IN ({marks}) UNION ALL SELECT up.start, a.id, a.parent_id, up.steps + 1"
            " FROM grids_area a JOIN up ON a.id = up.parent_id)"
            " SELECT up.start, a.name, a.level FROM up JOIN grids_area a ON a.id = up.id ORDER BY up.start, up.steps DESC",
            list(area_ids))
        rows = cursor.fetchall()
    names: dict[int, list[tuple[str, int]]] = {}
    for start, name, level in rows:
        names.setdefault(start, []).append((name, level))
    return {start: " / ".join(name for name, level in told if level >= min(Level.COUNTY, told[-1][1]))
            for start, told in names.items()}
