"""Who is on shift now, by area."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from jingwei.grids import models, shifts
from jingwei.grids.days import zone


def running_shifts(area_ids: Sequence[int], at: datetime) -> dict[int, tuple[UUID, ...]]:
    """Whoever began first comes first; who was dismissed is on no shift. One statement."""
    now = shifts.moment_of(at, zone())
    day = at.astimezone(zone()).date()
    rows = models.Shift.objects.filter(area_id__in=list(area_ids), day__gte=day - timedelta(days=1), day__lte=day, void=False,
                                       user__active=True)
    held: defaultdict[int, list[shifts.Shift]] = defaultdict(list)
    for row in rows.values_list("user_id", "day", "start", "minutes", "area_id", "id"):
        held[row[4]].append(shifts.Shift(*row))
    found = {area_id: tuple(dict.fromkeys(one.user for one in shifts.on_shift(own, now))) for area_id, own in held.items()}
    return {area_id: users for area_id, users in found.items() if users}
