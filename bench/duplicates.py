"""100,000 open cases over an unused ground, and which of them tell of the same problem: what B15 asks about.

The texts, points and times are those of a city's hotline (the folder that JINGWEI_TEST_DATA names), told again nine days
later until there are enough: as many other reports stand at each place, with the very same words. 500 are paraphrases.

`python -m bench.duplicates COUNT < ground.json` over the home named by JINGWEI_HOME; prints the questions: for each the
id of a case and those of the cases that are the same. Truth: same sub-category, at most 50 m and 24 hours apart, words
alike by at least 0.8; or planted.
"""

import csv
import gzip
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.paraphrases import Told, apart, planted
from jingwei.cli.ready import django_ready
from jingwei.kernel.ids import new_id

PLANTED, ASKED, SEED = 500, 1000, 15
METRES, HOURS, ALIKE = 50, 24, 0.8
_AGAIN = timedelta(days=9, hours=5)


def hotline() -> list[tuple[Told, str]]:
    """The reports of the year that have a place, with their sub-category."""
    found = []
    path = Path(os.environ["JINGWEI_TEST_DATA"]) / "tainan" / "cases_2016.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            try:
                lon, lat = float(row["lng"]), float(row["lat"])
            except ValueError:
                continue
            at = datetime.fromisoformat(row["requested_at"]).replace(tzinfo=UTC)
            if -180 <= lon <= 180 and -85 < lat < 85:
                found.append((Told(None, lon, lat, at, row["description"]), row["subcategory"]))
    return found


def told(count: int) -> tuple[list[tuple[Told, str]], dict[UUID, UUID]]:
    """So many reports, each with an id, and which of them was planted for which."""
    once, some = hotline(), []
    for number in range(count - PLANTED):
        round_, place = divmod(number, len(once))
        report, kind = once[place]
        some.append((Told(new_id(), report.lon, report.lat, report.at + _AGAIN * round_, report.text), kind))
    kinds = {report.key: kind for report, kind in some}
    first = {}
    for one in planted([report for report, _ in some], PLANTED, SEED):
        report = Told(new_id(), one.told.lon, one.told.lat, one.told.at, one.told.text)
        some.append((report, kinds[one.first.key]))
        first[report.key] = one.first.key
    return some, first  # type: ignore[return-value]


def questions(some: list[tuple[Told, str]], first: dict[UUID, UUID]) -> dict[str, list[tuple[str, list[str]]]]:
    """Those that have a duplicate by the truth, a sample of them, and the planted ones."""
    cells: dict[tuple[int, int], list[tuple[Told, str]]] = defaultdict(list)
    for report, kind in some:
        cells[_patch(report)].append((report, kind))
    chance, natural = random.Random(SEED), []
    for report, kind in chance.sample(some, len(some)):
        if report.key in first:
            continue
        same = [str(other.key) for other, its in _near(cells, report) if its == kind and _same(report, other)]
        if same:
            natural.append((str(report.key), same))
        if len(natural) == ASKED:
            break
    by_key = {report.key: (report, kind) for report, kind in some}
    return {"natural": natural, "planted": [(str(key), _with_first(key, origin, by_key, cells)) for key, origin in first.items()]}


def _with_first(key: UUID, origin: UUID, by_key: dict[Any, tuple[Told, str]], cells: Any) -> list[str]:
    """What a planted one repeats, and what is the same as that by the truth."""
    report, kind = by_key[origin]
    same = {str(other.key) for other, its in _near(cells, report) if its == kind and _same(report, other)}
    return [str(origin), *sorted(same - {str(key), str(origin)})]


def _patch(report: Told) -> tuple[int, int]:
    return int(report.lon * 1000), int(report.lat * 1000)


def _near(cells: dict[tuple[int, int], list[tuple[Told, str]]], report: Told) -> Iterator[tuple[Told, str]]:
    x, y = _patch(report)
    for column in (x - 1, x, x + 1):
        for row in (y - 1, y, y + 1):
            yield from ((other, kind) for other, kind in cells.get((column, row), ()) if other.key != report.key)


def _same(one: Told, other: Told) -> bool:
    return (abs((one.at - other.at).total_seconds()) <= HOURS * 3600 and apart(one, other) <= METRES
            and SequenceMatcher(None, one.text, other.text, autojunk=False).ratio() >= ALIKE)


def load(some: list[tuple[Told, str]]) -> None:
    """Open cases with what the reader `cases.spots` keeps of them. They lie in one unit grid: nothing here asks which."""
    from django.db import connection

    from jingwei.cases import similar
    from jingwei.cases.models import Case, Spot
    from jingwei.grids import queries as grids
    from jingwei.grids.models import Area

    area = Area.objects.filter(kind="unit").order_by("id").first()
    assert area is not None
    states = ("reported", "filed", "checking", "fed_back", "verified")
    for start in range(0, len(some), 2000):
        rows = [Case(
            id=report.key, number=f"D{start + place:07}", county=area.code[:6], profile="city", state=states[place % len(states)],
            channel="hotline", text=report.text, lon=report.lon, lat=report.lat, cell=grids.cell(report.lon, report.lat),
            area_then_id=area.id, area_now_id=area.id, area_path=area.path, reported_at=report.at, state_at=report.at,
        ) for place, (report, _) in enumerate(some[start:start + 2000])]
        Case.objects.bulk_create(rows)
        Spot.objects.bulk_create([
            Spot(case_id=row.id, cell=row.cell, lon=row.lon, lat=row.lat, second=int(row.reported_at.timestamp()),
                 pairs=similar.packed(similar.pairs(row.text))) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    django_ready()
    sys.stdin.read()
    reports, origins = told(int(sys.argv[1]))
    load(reports)
    print(json.dumps(questions(reports, origins)))
