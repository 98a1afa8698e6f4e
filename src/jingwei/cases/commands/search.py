"""What cases are searched by, kept beside them: rows and tokens follow from the cases and can be made anew at any time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import tokens
from jingwei.cases.models import Case, Searched
from jingwei.journal.ports import hold_still
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span

BATCH = 500

Row = tuple[UUID, str, str, str, datetime, str]  # id, number, text, place, report, area
_READ = ("id", "number", "text", "place", "reported_at", "area_path")
_KEPT = ("doc", "said", "number", "reported_at", "area_path")
READER = "cases.search"


def show(case_ids: Iterable[UUID]) -> int:
    """Let these cases be found by what they say now. Returns how many rows were written; one that is right stays."""
    return _write(list(Case.objects.filter(id__in=list(case_ids)).values_list(*_READ)))


def show_again(case_ids: Iterable[UUID]) -> None:
    """The same for those alone that can be found already: the reader will come to the others."""
    show(Searched.objects.filter(case_id__in=list(case_ids)).values_list("case_id", flat=True))


def forget(case_ids: Iterable[UUID]) -> int:
    """Let these cases be found no more by their text: it was sealed or is deleted. In the caller's transaction."""
    rows = list(Searched.objects.filter(case_id__in=list(case_ids)).values_list(*_KEPT))
    for row in rows:
        _unlist(*row)
    Searched.objects.filter(doc__in=[doc for doc, *_ in rows]).delete()
    return len(rows)


def rebuild_search(actor: Actor, *, anew: bool = False, told: Any = lambda count: None) -> int:
    """Write what is missing, in batches that are whole each; `anew`: throw away what there is before. Returns how many.

    Leaves no entry: nothing is changed that is not made from the cases again.
    """
    if not actor.holds(Right.SYSTEM_MANAGE.value):
        raise no_right(actor, Right.SYSTEM_MANAGE)
    if anew:
        _clear()
    done, last = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            hold_still(READER)
            rows = list(Case.objects.filter(id__gt=last).order_by("id").values_list(*_READ)[:BATCH])
            if not rows:
                return done
            last = rows[-1][0]
            done += _write(rows)
        told(done)


def move(old: str, new: str) -> None:
    """Let what lies below a path be found below another. Before the cases are moved, in the same transaction.

    The reader that writes these rows is kept out: it would write down the old path of a case that it has just read.
    """
    hold_still(READER)
    were, are = tokens.area_tokens(old), tokens.area_tokens(new)
    gone, come = [one for one in were if one not in are], [one for one in are if one not in were]
    if connection.vendor == "postgresql":
        low, high = span(old)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cases_search SET area_path = %s || substr(c.area_path, %s),"
                " tokens = ts_delete(tokens, %s::text[]) || array_to_tsvector(%s::text[])"
                " FROM cases_case c WHERE c.id = case_id AND c.area_path >= %s AND c.area_path < %s",
                [new, len(old) + 1, gone, come, low, high])
        return
    for row in list(Searched.objects.filter(area_path__range=span(old)).values_list(*_KEPT)):
        _unlist(*row)
        doc, said, number, at, path = row
        path = new + path[len(old):]
        Searched.objects.filter(doc=doc).update(area_path=path)
        _list(doc, tokens.tokens_of(said, number, at, path))


def said_of(text: str, place: str) -> str:
    """What is searched of a case. The place stands apart, so that no word reaches from one into the other."""
    return f"{tokens.fold(text)}\n{tokens.fold(place)}"


def _write(rows: Sequence[Row]) -> int:
    there = {row[1]: row for row in Searched.objects.filter(case_id__in=[row[0] for row in rows]).values_list(
        "doc", "case_id", "said", "number", "area_path")}
    written = 0
    for case_id, number, text, place, at, path in rows:
        said, old = said_of(text, place), there.get(case_id)
        if old is not None:
            if old[2:] == (said, number, path):
                continue
            forget([case_id])
        _insert(case_id, number, said, at, path)
        written += 1
    return written


def _insert(case_id: UUID, number: str, said: str, at: datetime, path: str) -> None:
    found = tokens.tokens_of(said, number, at, path)
    if connection.vendor != "postgresql":
        row = Searched.objects.create(case_id=case_id, number=number, said=said, reported_at=at, area_path=path)
        _list(row.doc, found)
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cases_search (case_id, reported_at, number, said, area_path, tokens)"
                       " VALUES (%s, %s, %s, %s, %s, array_to_tsvector(%s::text[])) ON CONFLICT (case_id) DO NOTHING",
                       [case_id, at, number, said, path, found])


def _list(doc: int, found: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cases_words (rowid, tokens) VALUES (%s, %s)", [doc, " ".join(found)])


def _unlist(doc: int, said: str, number: str, at: datetime, path: str) -> None:
    """SQLite keeps no copy of the tokens: it is told once more what it was told."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO cases_words (cases_words, rowid, tokens) VALUES ('delete', %s, %s)",
                           [doc, " ".join(tokens.tokens_of(said, number, at, path))])


def _clear() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE cases_search")
        else:
            cursor.execute("INSERT INTO cases_words (cases_words) VALUES ('delete-all')")
            cursor.execute("DELETE FROM cases_search")
