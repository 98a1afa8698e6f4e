"""Units and staff from a file as it comes: CSV or XLSX, by its bytes. What the keyboard and the screen both call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from jingwei.accounts import ports
from jingwei.accounts.commands.import_staff import import_staff
from jingwei.accounts.commands.import_units import import_units
from jingwei.accounts.commands.imports import Outcome
from jingwei.formats.imports import Counts, Told, rejected, said
from jingwei.formats.rows import Table
from jingwei.formats.source import Source
from jingwei.formats.tables import read_table
from jingwei.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Link:
    """Told this once."""

    login: str
    link: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StaffTold(Told):
    """`links`: for people who have no password yet; none in a dry run."""

    links: tuple[Link, ...] = ()


def units_of_file(actor: Actor, source: Source, *, sheet: str | None = None, dry_run: bool = False) -> Told:
    """`import_units` over a file."""
    table = partial(read_table, source, sheet=sheet)
    outcome = import_units(actor, table(), dry_run=dry_run)
    return Told(**_told(outcome, table))


def staff_of_file(actor: Actor, source: Source, base_url: str, *, sheet: str | None = None, dry_run: bool = False,
                  links_for_all: bool = False) -> StaffTold:
    """`import_staff` over a file. `base_url`: what links begin with."""
    table = partial(read_table, source, sheet=sheet)
    outcome = import_staff(actor, table(), ports.area_path_of, dry_run=dry_run, links_for_all=links_for_all)
    links = tuple(Link(each.login, each.link(base_url), each.expires_at) for each in outcome.invited)
    return StaffTold(**_told(outcome, table), links=links)


def _told(outcome: Outcome, table: Callable[[], Table]) -> dict[str, Any]:
    """The fields of `Told`."""
    rejects, listed = rejected(outcome.rejected, table)
    counts = Counts(outcome.created, outcome.updated, outcome.unchanged, len(rejects))
    return {"dry_run": outcome.dry_run, "counts": counts, "findings": said(outcome.remarks), "rejects": rejects,
            "rejects_csv": listed}
