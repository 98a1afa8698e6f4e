"""Settings and stage limits, for everywhere or for an area."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from jingwei.accounts.queries import Right
from jingwei.catalogue import shipped
from jingwei.catalogue.commands.outcome import writing
from jingwei.catalogue.commands.places import Place, place_of_code, place_of_path
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.events import SettingEvent
from jingwei.catalogue.limits import UNITS
from jingwei.catalogue.models import Setting, StageLimit
from jingwei.catalogue.seasons import read_seasons
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

LONGEST_VALUE = 400
_LARGEST = Decimal(9999)


def set_setting(actor: Actor, name: str, value: str, area_path: str = "", *, area_code: str = "") -> bool:
    """Set one of the settings the product knows, for everywhere or for an area named by path or by code.

    Returns whether anything changed.
    """
    default = shipped.settings().get(name)
    if default is None:
        raise Refusal(CatalogueError.SETTING_UNKNOWN, name=name[:40], known=_listed(shipped.settings()))
    if (default.allowed and value not in default.allowed) or len(value) > LONGEST_VALUE or not value.isprintable():
        raise Refusal(CatalogueError.SETTING_VALUE, name=name, value=value[:40],
                      allowed=_listed(default.allowed) or "400 字以内的一行文字")
    if name == "planting_seasons":
        _check_seasons(value)
    place = _place(actor, area_path, area_code)
    with writing():
        tail = journal.hold(f"setting:{name}")
        row = Setting.objects.filter(name=name, **_at(place)).first()
        before = row.value if row else None if place.id else default.value
        if before == value:
            return False
        Setting.objects.update_or_create(name=name, **_at(place), defaults={"value": value})
        journal.record(actor, tail, SettingEvent.SET, {"area": place.id, "before": before, "value": value},
                       area_path=place.path)
        journal.bump("catalogue")
    return True


def set_stage_limit(
    actor: Actor, stage: str, value: Decimal | None, unit: str = "", area_path: str = "", *, area_code: str = ""
) -> bool:
    """Set how long a stage may take; value None and unit '': no clock. Returns whether anything changed."""
    limits = shipped.stage_limits()
    if stage not in limits:
        raise Refusal(CatalogueError.STAGE_UNKNOWN, stage=stage[:30], known=_listed(limits))
    if not _sound(value, unit):
        raise Refusal(CatalogueError.LIMIT_WRONG, limit=f"{'' if value is None else value} {unit}".strip()[:40],
                      units=_listed(UNITS))
    place = _place(actor, area_path, area_code)
    with writing():
        tail = journal.hold(f"stage:{stage}")
        row = StageLimit.objects.filter(stage=stage, **_at(place)).first()
        default = None if place.id else limits[stage] or (None, "")
        before = (row.value, row.unit) if row else default
        if before == (value, unit):
            return False
        StageLimit.objects.update_or_create(stage=stage, **_at(place), defaults={"value": value, "unit": unit})
        journal.record(actor, tail, SettingEvent.STAGE_LIMITED, {
            "area": place.id, "value": None if value is None else str(value), "unit": unit}, area_path=place.path)
        journal.bump("catalogue")
    return True


def _place(actor: Actor, path: str, code: str) -> Place:
    if code:
        return place_of_code(actor, code, Right.CATALOGUE_MANAGE)
    return place_of_path(actor, path, Right.CATALOGUE_MANAGE)


def _check_seasons(value: str) -> None:
    try:
        read_seasons(value)
    except ValueError as error:
        raise Refusal(CatalogueError.SETTING_VALUE, name="planting_seasons", value=str(error)[:40] or "=",
                      allowed="matter/04=03-01~04-30,10-15~11-30；多个分类用分号分开") from error


def _at(place: Place) -> dict[str, Any]:
    return {"area_id": place.id}


def _sound(value: Decimal | None, unit: str) -> bool:
    if value is None:
        return unit == ""
    return unit in UNITS and value.is_finite() and 0 < value <= _LARGEST and value == round(value, 2)


def _listed(words: Iterable[str]) -> str:
    return "、".join(sorted(words))
