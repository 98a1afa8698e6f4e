"""Announce a sample: its list is fixed and where its seed comes from is told, before anything is drawn."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import sampling_cases as rules
from jingwei.cases import timing
from jingwei.cases.commands.numbers import next_in_order
from jingwei.cases.commands.sampling.held import manages, require_manager
from jingwei.cases.errors import CaseError
from jingwei.cases.events import SamplingEvent
from jingwei.cases.models import Case, CaseSample
from jingwei.cases.sampling_errors import SamplingError
from jingwei.cases.words import blank, checked
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations, keyed_hash
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.masking import mask
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words

KIND = "CC"
LONGEST_TITLE, LONGEST_SOURCE, MOST_DAYS, MOST_CLASSES = 60, 200, 60, 200
_ANNOUNCE = Words("公告抽查", "announce a sample")


@dataclass(frozen=True, slots=True)
class Announcing:
    """`since`, `until`: closed in this time. `area`: code. `source`: public words to come, from `source_at`."""

    id: UUID
    area: str
    since: datetime
    until: datetime
    size: int
    workdays: int = 5
    title: str = ""
    classes: Sequence[str] = ()
    by: str = ""
    source: str = ""
    source_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SampleAnnounced:
    """`population`: how many cases are on the list. `commitment`: SHA-256 of the secret seed, '' where the source is public."""

    id: UUID
    number: str
    population: int
    digest: str
    commitment: str


def announce_sample(actor: Actor, asked: Announcing) -> SampleAnnounced:
    """Fix the list of cases and the source of the seed. Nothing is drawn, nobody is told which cases."""
    client_id(asked.id)
    known, now = generations(), clock.now()
    place = _place(actor, asked.area, known)
    _check(asked, now)
    title = _line("title", asked.title, LONGEST_TITLE) or "结案抽查"
    source = _line("source", asked.source, LONGEST_SOURCE)
    text, population = _frame(asked, place.path, known)
    with transaction.atomic(savepoint=False):
        sample = CaseSample(
            id=asked.id, number=next_in_order(KIND, place.code[:6], now.astimezone(ZoneInfo(timing.zone()))), title=title, area_id=place.area_id,
            area_path=place.path, classes=list(asked.classes), since=asked.since, until=asked.until, by=asked.by, asked=asked.size,
            days=asked.workdays, way="public" if source else "committed", source=source, source_at=asked.source_at if source else None,
            commitment="" if source else rules.digest(secret_of(asked.id)), frame=rules.packed(text), population=population,
            digest=rules.digest(text), announced_at=now, announced_by=actor.user_id)
        try:
            sample.save(force_insert=True)
        except IntegrityError as error:
            raise Refusal(CaseError.EXISTS) from error
        journal.record_new(actor, f"case_sample:{sample.id}", SamplingEvent.ANNOUNCED, {
            "number": sample.number, "population": population, "digest": sample.digest, "size": sample.asked, "by": sample.by,
            "way": sample.way, "commitment": sample.commitment, "source": source, "source_at": sample.source_at,
            "since": sample.since, "until": sample.until, "classes": sample.classes, "days": sample.days}, area_path=sample.area_path)
    return SampleAnnounced(sample.id, sample.number, population, sample.digest, sample.commitment)


def secret_of(sample_id: UUID) -> str:
    """The seed that nobody chooses: a keyed hash of the id, under a key outside the database. The same whenever it is asked for."""
    return keyed_hash("case_sample_seed", str(sample_id))


def _place(actor: Actor, code: str, known: dict[str, int]) -> grids.Place:
    """The area asked for. One that cannot be seen is not told from one that is not there."""
    if not any(grant.role in rules.POSTS and grant.unit_path is None for grant in actor.grants):
        require_manager(actor, "", _ANNOUNCE)
    found = grids.place_by_code(code, known) if code and "\0" not in code else None
    if found is None or not (manages(actor, found.path) or actor.covers(Right.CASE_READ.value, found.path)):
        raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("区域", "area"), value=code[:40])
    require_manager(actor, found.path, _ANNOUNCE)
    return found


def _check(asked: Announcing, now: datetime) -> None:
    wrong = None
    if not 1 <= asked.size <= rules.MOST:
        wrong = Words(f"一次抽 1 到 {rules.MOST} 件", f"1 to {rules.MOST} cases are drawn at once")
    elif not 1 <= asked.workdays <= MOST_DAYS:
        wrong = Words(f"复核时限为 1 到 {MOST_DAYS} 个工作日", f"looking takes 1 to {MOST_DAYS} working days")
    elif asked.by not in rules.STRATA:
        wrong = Words("只能不分层、按承办单位或按分类分层", "strata are none, unit or class")
    elif not asked.since < asked.until <= now:
        wrong = Words("结案期间的起点应早于终点，终点不能在将来", "the time of closing must begin before it ends and be over")
    elif asked.until - asked.since > timedelta(days=rules.LONGEST_DAYS):
        wrong = Words(f"结案期间最长 {rules.LONGEST_DAYS} 天", f"the time of closing is {rules.LONGEST_DAYS} days at the most")
    elif len(asked.classes) > MOST_CLASSES:
        wrong = Words(f"最多选 {MOST_CLASSES} 个分类", f"{MOST_CLASSES} classes at the most")
    elif not blank(asked.source) and (asked.source_at is None or asked.source_at <= now):
        wrong = Words("公开信息要以后才公布，请填写将来的公布时间", "the public words must be still to come: say when")
    if wrong is not None:
        raise Refusal(SamplingError.SAMPLE_BAD, why=wrong)


def _frame(asked: Announcing, path: str, known: dict[str, int]) -> tuple[str, int]:
    """The list as text, and how many are on it."""
    book: Any = catalogue.book(known)
    unknown = [code for code in asked.classes if code not in book.by_code]
    if unknown:
        raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("分类", "class"), value=unknown[0][:40])
    rows = Case.objects.filter(state="closed", ended_at__gte=asked.since, ended_at__lt=asked.until, area_path__range=span(path))
    if asked.classes:
        rows = rows.filter(class_entry_id__in=[book.by_code[code].id for code in asked.classes])
    units, classes = accounts.unit_book(known), book.classes
    listed = [rules.Listed(number, units[unit].code if unit in units else "", classes[entry].full_code if entry in classes else "")
              for number, unit, entry in rows.order_by().values_list("number", "unit_id", "class_entry_id")[:rules.MOST_FRAME + 1]]
    if not listed:
        raise Refusal(SamplingError.SAMPLE_EMPTY)
    if len(listed) > rules.MOST_FRAME:
        raise Refusal(SamplingError.SAMPLE_MANY, most=rules.MOST_FRAME)
    return rules.frame_text(listed), len(listed)


def _line(what: str, given: str, most: int) -> str:
    """One line of words, free of numbers that identify someone."""
    return " ".join(mask(checked(unicodedata.normalize("NFC", given), what, most)).text.split())[:most]
