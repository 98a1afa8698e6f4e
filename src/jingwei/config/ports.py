"""Wires the lower rooms' protocols to the rooms above that answer them. Runs once, when Django is ready."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from jingwei.accounts import ports as accounts
from jingwei.accounts.commands.following import follow_areas
from jingwei.cases import commands as case_commands
from jingwei.cases import ports as case_ports
from jingwei.cases import queries as cases
from jingwei.catalogue import commands as catalogue_commands
from jingwei.catalogue import queries as catalogue
from jingwei.exchange import ports as exchange
from jingwei.files import ports as files
from jingwei.grids import ports as grids
from jingwei.grids import queries as ground
from jingwei.grids.ports import Moved, Waiting
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.notices import ports as notices


class _CaseFiles:
    def used(self, ids: set[UUID]) -> set[UUID]:
        return cases.files_in_use(ids)


class _StaffPhotos:
    def used(self, ids: set[UUID]) -> set[UUID]:
        return ground.photos_in_use(ids)


def _case_figures(area_path: str, months: Sequence[tuple[datetime, datetime]], /) -> grids.CaseFigures:
    open_now, by_month = cases.figures(area_path, months)
    return grids.CaseFigures(open_now, by_month)


class _CaseWork:
    """Cases that wait for one grid worker, for the hand-over of a grid."""

    def waiting(self, user_id: UUID, area_path: str, kept: Sequence[str]) -> list[Waiting]:
        return [Waiting(f"case:{one.case_id}", one.number, one.stage, one.title, one.due_at, f"/cases/{one.case_id}")
                for one in cases.held_by(user_id, area_path, kept)]

    def pass_on(self, actor: Actor, user_id: UUID, area_path: str, kept: Sequence[str], heir: UUID | None) -> list[Moved]:
        return [Moved(f"case:{case_id}", to) for case_id, to in case_commands.pass_on(actor, user_id, area_path, kept, heir)]


class _UnitWork:
    """What cases and the catalogue hold for a unit, asked when it is taken out of use."""

    def held(self, unit_id: int) -> dict[str, int]:
        return {**case_commands.held_by_unit(unit_id), "rules": catalogue.rules_of_unit(unit_id)}

    def pass_on(self, actor: Actor, unit_id: int, heir_id: int) -> None:
        case_commands.inherit(actor, unit_id, heir_id)
        catalogue_commands.inherit_rules(actor, unit_id, heir_id)


def _days_off(first: date, last: date, area_path: str) -> frozenset[date]:
    special = catalogue.work_calendar(generations(), area_path).exceptions
    return frozenset(day for day, word in special.items() if word == "off" and first <= day <= last)


def wire() -> None:
    """Every protocol of every room."""
    accounts.wire(area_path_of=ground.path_of_code, area_names=ground.names_at)
    accounts.wire_units(_UnitWork())
    files.wire(_CaseFiles(), _StaffPhotos())
    exchange.allow(settings.JINGWEI_INSIDE)
    case_ports.wire(exchange.Reader())
    notices.wire(connectors=exchange.connectors(), kinds=cases.told_kinds(), address=settings.JINGWEI_ADDRESS)
    grids.wire(paths_changed=[follow_areas], case_places=cases.places)
    grids.wire_figures(_case_figures)
    grids.wire_staffing(open_work=[_CaseWork()], days_off=_days_off)
