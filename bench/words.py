"""Real complaints repeated with variation, what cases with them are searched by, and the questions put to them.

Texts come from the folder that `JINGWEI_TEST_DATA` names (29,534 of a city's hotline), in simplified signs: two of them
joined, house numbers dealt anew, an address beside.
"""

import csv
import gzip
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from jingwei.cases import tokens
from jingwei.cli.ready import django_ready

BATCH, COMPARED = 10_000, 100
SAMPLE = 20_000     # texts among which frequencies are counted
LENGTHS = range(2, 7)
_DIGITS = re.compile(r"[0-9]+")
_SIGNS = re.compile(r"[\u4e00-\u9fff]+")


def texts(seed: int) -> Iterator[tuple[str, str]]:
    """An endless stream of (text, place)."""
    path = Path(os.environ["JINGWEI_TEST_DATA"]) / "tainan" / "cases_2016.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        told = [(tokens.fold(row["description"]), tokens.fold(row["address"])) for row in csv.DictReader(file)]
    told = [(text[:120], place[:60]) for text, place in told if len(text) >= 4]
    chance = random.Random(seed)

    def dealt(text: str) -> str:
        return _DIGITS.sub(lambda found: str(chance.randrange(1, 10 ** min(len(found.group()), 3))), text)

    while True:
        (one, place), (other, _) = chance.choice(told), chance.choice(told)
        yield f"{dealt(one)};{dealt(other)}", dealt(place)


def questions(count: int, seed: int = 16) -> dict[str, list[str]]:
    """So many strings of 2 to 6 signs, by thirds: those that make up the most frequent third of all that is written,
    the middle third, the rarest third."""
    counted: Counter[str] = Counter()
    for text, _ in islice(texts(seed), SAMPLE):
        counted.update({stretch[start:start + length] for stretch in _SIGNS.findall(text) for length in LENGTHS
                        for start in range(len(stretch) - length + 1)})
    chance, found, mass, third = random.Random(seed), dict[str, list[str]](), 0, sum(counted.values()) / 3
    names = ("frequent", "middle", "rare")
    pools: dict[str, dict[int, list[str]]] = {name: {length: [] for length in LENGTHS} for name in names}
    for word, many in counted.most_common():
        pools[names[min(2, int(mass / third))]][len(word)].append(word)
        mass += many
    for number, name in enumerate(names):
        wanted = count // 3 + (number < count % 3)
        lengths = [length for length in LENGTHS if pools[name][length]]
        words: set[str] = set()
        for turn in range(20 * wanted):
            words.add(chance.choice(pools[name][lengths[turn % len(lengths)]]))
            if len(words) == wanted:
                break
        found[name] = sorted(words)
    return found


def fill() -> dict[str, Any]:
    """Write what the reader `cases.search` would have written of every case; a hundred are then written by it and compared."""
    from django.db import connection, transaction

    from jingwei.cases.models import Case

    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("DROP INDEX cases_search_tokens")
    doc, last = 0, None
    while True:
        rows = Case.objects.order_by("id") if last is None else Case.objects.filter(id__gt=last).order_by("id")
        some = list(rows.values_list("id", "number", "text", "place", "reported_at", "area_path")[:BATCH])
        if not some:
            break
        last = some[-1][0]
        with transaction.atomic():
            (_copy if on_postgresql else _insert)(connection, doc, some)
        doc += len(some)
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute("CREATE INDEX cases_search_tokens ON cases_search USING gin (tokens) WITH (fastupdate = off)")
            cursor.execute("SELECT setval(pg_get_serial_sequence('cases_search', 'doc'), %s)", [doc])
            cursor.execute("VACUUM ANALYZE cases_search")
        else:
            cursor.execute("ANALYZE")
    return {"filled": doc, "compared": _compare(connection)}


def _row(doc: int, case: tuple[Any, ...]) -> tuple[list[Any], list[str]]:
    from jingwei.cases.commands.search import said_of

    case_id, number, text, place, at, path = case
    said = said_of(text, place)
    return [doc, case_id, at, number, said, path], tokens.tokens_of(said, number, at, path)


def _copy(connection: Any, doc: int, cases: list[Any]) -> None:
    with connection.cursor() as cursor, cursor.copy(
            "COPY cases_search (doc, case_id, reported_at, number, said, area_path, tokens) FROM STDIN") as copy:
        for number, case in enumerate(cases, doc + 1):
            row, found = _row(number, case)
            copy.write_row([*row, " ".join(f"'{token}'" for token in found)])


def _insert(connection: Any, doc: int, cases: list[Any]) -> None:
    from jingwei.cases.models import Searched

    made = [_row(number, case) for number, case in enumerate(cases, doc + 1)]
    Searched.objects.bulk_create([Searched(doc=row[0], case_id=row[1], reported_at=row[2], number=row[3], said=row[4], area_path=row[5])
                                  for row, _ in made])
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO cases_words (rowid, tokens) VALUES (%s, %s)",
                           [(row[0], " ".join(found)) for row, found in made])


def _compare(connection: Any) -> int:
    """Raises where a row is not what the command writes."""
    from jingwei.cases.commands import search
    from jingwei.cases.models import Case

    ids = list(Case.objects.order_by("number").values_list("id", flat=True)[:COMPARED])

    def rows() -> list[Any]:
        tokens_too = ", tokens::text" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            field = Case._meta.get_field("id")
            cursor.execute(f"SELECT case_id, reported_at, number, said, area_path{tokens_too} FROM cases_search"
                           f" WHERE case_id IN ({', '.join(['%s'] * len(ids))}) ORDER BY case_id",
                           [field.get_db_prep_value(one, connection) for one in ids])
            return list(cursor.fetchall())

    before = rows()
    search.forget(ids)
    search.show(ids)
    if rows() != before or len(before) != min(COMPARED, len(ids)):
        raise RuntimeError("what was copied is not what the command writes")
    return len(before)


if __name__ == "__main__":
    django_ready()
    print(json.dumps(fill() if sys.argv[1] == "fill" else questions(int(sys.argv[2])), ensure_ascii=False))
