"""How many cases an area had: open now, reported and closed by month. Figures of a place, never of a person."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q

from jingwei.cases.models import Case
from jingwei.cases.queries.filters import OPEN
from jingwei.kernel.paths import span


def figures(area_path: str, months: Sequence[tuple[datetime, datetime]]) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Open now; (reported, closed) in each month. Whoever asks has made sure that the actor may. Two statements."""
    low, high = span(area_path)
    rows = Case.objects.filter(area_path__gte=low, area_path__lt=high)
    open_now = rows.filter(state__in=OPEN).count()
    wanted = {f"reported{place}": Count("pk", filter=Q(reported_at__gte=since, reported_at__lt=until))
              for place, (since, until) in enumerate(months)}
    wanted |= {f"closed{place}": Count("pk", filter=Q(state="closed", ended_at__gte=since, ended_at__lt=until))
               for place, (since, until) in enumerate(months)}
    found = rows.aggregate(**wanted) if months else {}
    return open_now, tuple((found[f"reported{place}"], found[f"closed{place}"]) for place in range(len(months)))
