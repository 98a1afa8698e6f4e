"""Wires the lower rooms' protocols to the rooms above that answer them. Runs once, when Django is ready."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jingwei.accounts import ports as accounts
from jingwei.accounts.commands.following import follow_areas
from jingwei.cases import queries as cases
from jingwei.files import ports as files
from jingwei.grids import ports as grids
from jingwei.grids import queries as ground


class _CaseFiles:
    def used(self, ids: set[UUID]) -> set[UUID]:
        return cases.files_in_use(ids)


class _StaffPhotos:
    def used(self, ids: set[UUID]) -> set[UUID]:
        return ground.photos_in_use(ids)


def _case_figures(area_path: str, months: Sequence[tuple[datetime, datetime]], /) -> grids.CaseFigures:
    open_now, by_month = cases.figures(area_path, months)
    return grids.CaseFigures(open_now, by_month)


def wire() -> None:
    """Every protocol of every room."""
    accounts.wire(area_path_of=ground.path_of_code, area_names=ground.names_at)
    files.wire(_CaseFiles(), _StaffPhotos())
    grids.wire(paths_changed=[follow_areas], case_places=cases.places)
    grids.wire_figures(_case_figures)
