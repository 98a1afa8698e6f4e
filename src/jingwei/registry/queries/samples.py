"""Samples: which were drawn, one with its sheet and what it says so far, the sheet to be taken into the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from jingwei.accounts.queries import Right, narrow, require
from jingwei.formats.table_writing import csv_text
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.registry.errors import PartError
from jingwei.registry.models import PartSample, SampledPart
from jingwei.registry.parts import sampling, shapes
from jingwei.registry.parts.states import ACCURACY, STATES

COLUMN_OF = {"exists": "is_there", "place": "place_right", "class": "class_right", "owner": "owner_right", "state": "state_right"}
_MOST = 200
_SHEET = ("序号", "标识码", "名称", "分类", "权属单位", "状态", "精度", "经度", "纬度", "在不在", "位置对不对", "分类对不对", "权属对不对", "状态对不对", "备注")
_WIDTHS = {"序号": 6, "标识码": 20, "名称": 14, "分类": 14, "权属单位": 18, "状态": 6, "精度": 9, "经度": 12, "纬度": 12, "备注": 20}


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A sample in the list. `looked_at`: parts of which something was recorded."""

    id: UUID
    title: str
    area: str
    area_name: str
    size: int
    population: int
    looked_at: int
    drawn_at: datetime
    concluded_at: datetime | None
    passes: bool | None


@dataclass(frozen=True, slots=True)
class SampledLine:
    """A part on the sheet. `found`: mark by attribute, None until looked at; `metres`: between registered and found."""

    place: int
    part_id: UUID
    then: dict[str, Any]
    found: dict[str, bool | None]
    right: bool | None
    metres: float | None
    allowed: float | None
    note: str


@dataclass(frozen=True, slots=True)
class SampleDetail:
    """`attributes`: by attribute how many are right, wrong and open. `verdict`: what it says so far, or said in the end."""

    sample: SampleLine
    seed: str
    digest: str
    threshold: float
    classes: list[str]
    rows: list[SampledLine]
    next: int | None
    attributes: list[dict[str, Any]]
    verdict: dict[str, Any]
    may_manage: bool


def list_samples(actor: Actor) -> list[SampleLine]:
    """The newest samples within reach. Two statements."""
    require(actor, Right.PART_READ)
    rows = narrow(PartSample.objects.all(), actor, Right.PART_READ, area="area_path").annotate(
        done=Count("parts", filter=Q(parts__looked_at__isnull=False))).order_by("-drawn_at")[:_MOST]
    found = list(rows)
    names = grids.names_of({row.area_id for row in found if row.area_id}, generations())
    return [_line(row, row.done, names) for row in found]


def sample_detail(actor: Actor, sample_id: UUID, *, after: int = 0, limit: int = 50) -> SampleDetail:
    """One sample with a page of its sheet. Four statements beside signing in."""
    sample = seen_sample(actor, sample_id)
    every = list(SampledPart.objects.filter(sample=sample).order_by("place"))
    results = [sampling.right(found_of(row)) for row in every]
    page = [row for row in every if row.place > after]
    limit = max(1, min(limit, _MOST))
    names = grids.names_of({sample.area_id}, generations()) if sample.area_id else {}
    return SampleDetail(
        sample=_line(sample, sum(row.looked_at is not None for row in every), names), seed=sample.seed, digest=sample.digest,
        threshold=float(sample.threshold), classes=sample.classes, rows=[_sampled(row) for row in page[:limit]],
        next=page[limit - 1].place if len(page) > limit else None, attributes=_attributes(every),
        verdict=sample.verdict or _so_far(results, sample), may_manage=actor.covers(Right.PART_MANAGE.value, sample.area_path))


def sheet(actor: Actor, sample_id: UUID, form: str) -> bytes:
    """The sheet to be taken into the field: XLSX on A4 lying, or CSV, with columns to be filled in by hand."""
    sample = seen_sample(actor, sample_id)
    rows = [_on_paper(row) for row in SampledPart.objects.filter(sample=sample).order_by("place")]
    wanted = sampling.percent(float(sample.threshold), 0)
    lines = [f"{sample.title}（部件抽样核查）", f"种子：{sample.seed}　从 {sample.population} 个部件中抽 {sample.size} 个　要求正确率不低于 {wanted} %",
             "对的打“√”，不对的打“×”并在备注写实际情况；位置以精度等级为限。"]
    if form == "csv":
        return csv_text(_SHEET, rows).encode()
    if form != "xlsx":
        raise Refusal(PartError.UNKNOWN_FORMAT, format=form[:20])
    from jingwei.formats.workbook_writing import workbook_bytes

    return workbook_bytes("核查表", _SHEET, rows, widths=_WIDTHS, landscape=True, lines=lines)


def seen_sample(actor: Actor, sample_id: UUID) -> PartSample:
    rows = narrow(PartSample.objects.filter(pk=sample_id), actor, Right.PART_READ, area="area_path")
    sample = rows.first()
    if sample is None:
        raise Refusal(KernelError.NOT_FOUND)
    return sample


def found_of(row: SampledPart) -> dict[str, bool | None]:
    """The marks of a row by attribute."""
    return {name: getattr(row, column) for name, column in COLUMN_OF.items()}


def _line(sample: PartSample, done: int, names: Mapping[int, tuple[str, str]]) -> SampleLine:
    code, name = names.get(sample.area_id or 0, ("", ""))
    return SampleLine(sample.id, sample.title, code, name, sample.size, sample.population, done, sample.drawn_at,
                      sample.concluded_at, sample.verdict["passes"] if sample.verdict else None)


def _sampled(row: SampledPart) -> SampledLine:
    then, metres = row.then, None
    if row.found_lon is not None and row.found_lat is not None:
        metres = round(shapes.metres(then["lon"], then["lat"], row.found_lon, row.found_lat), 2)
    told = {**then, "state_name": STATES.get(then["state"], then["state"])}
    return SampledLine(row.place, row.part_id, told, found_of(row), sampling.right(found_of(row)), metres,
                       ACCURACY.get(then["accuracy"]), row.note)


def _attributes(rows: list[SampledPart]) -> list[dict[str, Any]]:
    found = []
    for name, column in COLUMN_OF.items():
        marks = [getattr(row, column) for row in rows]
        found.append({"name": name, "said": sampling.ATTRIBUTE_NAMES[name], "right": marks.count(True), "wrong": marks.count(False),
                      "open": marks.count(None)})
    return found


def _so_far(results: list[bool | None], sample: PartSample) -> dict[str, Any]:
    verdict = sampling.judge(results, Fraction(sample.threshold))
    return {"size": verdict.size, "looked_at": verdict.looked_at, "right": verdict.right, "share": verdict.share,
            "proven": verdict.proven, "passes": verdict.passes, "words": verdict.words}


def _on_paper(row: SampledPart) -> dict[str, object]:
    then, marks = row.then, found_of(row)
    said = {True: "√", False: "×", None: ""}
    accuracy = f"{then['accuracy']}（±{ACCURACY[then['accuracy']]:g} 米）" if then["accuracy"] in ACCURACY else ""
    cells = (row.place, then["number"], then["name"], then["class_name"], then["owner_name"], STATES.get(then["state"], ""), accuracy,
             f"{then['lon']:.7f}", f"{then['lat']:.7f}", *(said[marks[name]] for name in sampling.ATTRIBUTES), row.note)
    return dict(zip(_SHEET, cells, strict=True))
