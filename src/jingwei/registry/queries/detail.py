"""One part: what is entered, where it is, the numbers it bore, who changed what when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.registry.events import SAID, PartEvent
from jingwei.registry.models import Part, PartChange, PartNumber
from jingwei.registry.parts.fields import BY_KEY
from jingwei.registry.parts.states import STATES
from jingwei.registry.reach import may_see_parts

_SAID = {event.value: SAID[event] for event in PartEvent} | {
    "parts.imported": "由文件导入", "parts.renumbered": "转到新分类，改标识码", "part.relocated": "网格调整，所在网格随之改变"}
_MORE = {"class_entry": "分类", "lon": "经度", "lat": "纬度", "area_now": "所在网格"}
_UNSAID = {"owner", "supervisor", "maintainer"}  # ids of units: code and name stand beside them


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of a part: who, when, which columns from what to what (in words), and why."""

    at: datetime
    by: str
    via: str
    verb: str
    said: str
    reason: str
    what: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PartDetail:
    """Everything the page of one part shows. `may_manage`: whether this person may change it."""

    part: dict[str, Any]
    geometry: dict[str, Any]
    numbers: list[dict[str, Any]]
    history: list[Changed]
    chain: list[dict[str, Any]]
    may_manage: bool



def seen_part(actor: Actor, part_id: UUID) -> Part:
    """The part, or the same refusal whether it does not exist or lies outside what the actor may see."""
    part = Part.objects.filter(pk=part_id).first()
    if part is None or not may_see_parts(actor, part.area_path):
        raise Refusal(KernelError.NOT_FOUND)
    return part


def part_detail(actor: Actor, part_id: UUID) -> PartDetail:
    """Five statements beside signing in: generations, part, numbers, changes, the way up; names from memory."""
    import shapely

    known = generations()
    part = seen_part(actor, part_id)
    book, units = catalogue.book(known), accounts.unit_book(known)
    changes: list[Any] = list(PartChange.objects.filter(part_id=part_id).order_by("id").values("at", "by", "via", "verb", "reason", "what"))
    names = accounts.names_of({change["by"] for change in changes}, known)
    areas = _area_names(changes, known)
    chain = grids.chain(part.area_now_id)
    row, then = book.classes.get(part.class_entry_id), grids.place_of(part.area_then_id, known)
    shown = {name: getattr(part, name) for name in (
        "id", "number", "county", "name", "state", "surveyed_on", "changed_on", "source", "accuracy", "note", "shape", "lon", "lat",
        *(f"{body}_{what}" for body in ("supervisor", "owner", "maintainer") for what in ("code", "name")))}
    for body in ("supervisor", "owner", "maintainer"):
        unit = units.get(getattr(part, f"{body}_id"))
        shown[f"{body}_ours"] = unit is not None
        if unit:
            shown[f"{body}_name"] = unit.name
    shown |= {
        "state_name": STATES[part.state], "class_code": row.full_code if row else "", "class_name": row.name if row else "",
        "major_name": row.major_name if row else "", "area": chain[-1].code if chain else "",
        "area_name": chain[-1].name if chain else "", "area_then": then.code if then else "", "area_then_name": then.name if then else ""}
    return PartDetail(
        part=shown, geometry=_geometry(shapely.from_wkb(bytes(part.wkb))),
        numbers=_numbers(part_id),
        history=[_told(change, names, book, areas) for change in changes],
        chain=[{"code": place.code, "name": place.name, "kind": place.level} for place in chain],
        may_manage=actor.covers(Right.PART_MANAGE.value, part.area_path))


def _numbers(part_id: UUID) -> list[dict[str, Any]]:
    """Those it bore, the oldest first, then the one it bears."""
    rows = [dict(row) for row in PartNumber.objects.filter(part_id=part_id).values("number", "until")]
    return sorted(rows, key=lambda row: (row["until"] is None, row["until"], row["number"]))


def _geometry(shape: Any) -> dict[str, Any]:
    import orjson
    import shapely

    found: dict[str, Any] = orjson.loads(shapely.to_geojson(shape))
    return found


def _area_names(changes: list[dict[str, Any]], known: dict[str, int]) -> dict[int, tuple[str, str]]:
    ids = {value for change in changes for value in change["what"].get("area_now", ()) if isinstance(value, int)}
    return grids.names_of(ids, known) if ids else {}


def _told(change: Mapping[str, Any], names: Mapping[UUID, str], book: Any, areas: Mapping[int, tuple[str, str]]) -> Changed:
    what = [{"column": column, "name": _MORE.get(column) or BY_KEY[column].zh,
             "before": _said(column, before, book, areas), "after": _said(column, after, book, areas)}
            for column, (before, after) in change["what"].items()
            if column not in _UNSAID and (column in _MORE or column in BY_KEY)]
    by = names.get(change["by"], "") if change["by"] else ""
    return Changed(change["at"], by, change["via"], change["verb"], _SAID.get(change["verb"], change["verb"]), change["reason"], what)


def _said(column: str, value: Any, book: Any, areas: Mapping[int, tuple[str, str]]) -> str:
    if value in (None, ""):
        return ""
    if column == "state":
        return STATES.get(value, str(value))
    if column == "class_entry":
        row = book.classes.get(value)
        return f"{row.name} {row.code}" if row else str(value)
    if column == "area_now":
        return areas.get(value, ("", str(value)))[1]
    return str(value)
