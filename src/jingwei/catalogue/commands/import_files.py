"""The catalogue's tables as they come: CSV or XLSX, by their bytes. What the keyboard and the screen both call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from jingwei.catalogue import holidays
from jingwei.catalogue.commands.edit_calendar import import_holidays
from jingwei.catalogue.commands.import_rules import import_rules
from jingwei.catalogue.commands.import_standard import import_standard
from jingwei.catalogue.commands.install_scheme import OwnScheme, import_scheme, install_scheme
from jingwei.catalogue.commands.outcome import Outcome
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.standard_sheet import REQUIRED as REQUIRED  # the keyboard names them, too
from jingwei.formats.imports import Counts, Said, Told, rejected, said
from jingwei.formats.rows import Table
from jingwei.formats.source import Source
from jingwei.formats.tables import read_table
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

HOLIDAY_COLUMNS = holidays.COLUMNS


@dataclass(frozen=True, slots=True)
class CatalogueTold(Told):
    """`retired`: what stood in the catalogue and not in the file."""

    retired: int = 0

    @property
    def nothing_taken(self) -> bool:
        return not self.retired and super(CatalogueTold, self).nothing_taken


@dataclass(frozen=True, slots=True)
class CalendarTold(Told):
    """`version`: of the calendar in force afterwards; in a dry run the one in force now. `renewed`: there is, or
    would be, a new one.
    """

    version: str = ""
    renewed: bool = False


def shipped_scheme(actor: Actor, code: str, *, dry_run: bool = False) -> CatalogueTold:
    """`install_scheme`, told as an import."""
    return _told(install_scheme(actor, code, dry_run=dry_run))


def standard_of_file(actor: Actor, source: Source, scheme: str, *, kind: str | None = None, fill_down: bool = False,
                     sheet: str | None = None, dry_run: bool = False) -> CatalogueTold:
    """`import_standard` over a file."""
    table = partial(read_table, source, required=REQUIRED, sheet=sheet, fill_merged=True)
    return _foretold(dry_run, table, lambda: import_standard(
        actor, scheme, table(), kind=kind, fill_down=fill_down, dry_run=dry_run))


def classes_of_file(actor: Actor, source: Source, scheme: str, *, title: str = "", digits: int = 2,
                    sheet: str | None = None, dry_run: bool = False) -> CatalogueTold:
    """`import_scheme` over a file. `digits`: of a minor class beyond the two of its major one."""
    table = partial(read_table, source, sheet=sheet, fill_merged=True)
    own = OwnScheme(scheme, title or scheme, minor_digits=digits)
    return _foretold(dry_run, table, lambda: import_scheme(actor, own, table(), dry_run=dry_run))


def rules_of_file(actor: Actor, source: Source, scheme: str, *, replace: bool = False, sheet: str | None = None,
                  dry_run: bool = False) -> CatalogueTold:
    """`import_rules` over a file."""
    table = partial(read_table, source, sheet=sheet)
    return _told(import_rules(actor, scheme, table(), replace=replace, dry_run=dry_run), table)


def holidays_of_files(actor: Actor, sources: Iterable[bytes], *, area_code: str = "",
                      dry_run: bool = False) -> CalendarTold:
    """`import_holidays`; the counts are days of the calendar."""
    edited = import_holidays(actor, sources, area_code=area_code, dry_run=dry_run)
    findings = tuple(Said(0, each.code, each.text) for each in edited.findings)
    return CalendarTold(dry_run, Counts(edited.added, edited.altered, edited.kept), findings,
                        version=edited.version, renewed=edited.changed)


def _foretold(dry_run: bool, table: Callable[[], Table], act: Callable[[], Outcome]) -> CatalogueTold:
    """A dry run of a file of which no row can be taken tells the rows; the run itself is refused as a whole."""
    try:
        return _told(act(), table)
    except Refusal as refusal:
        if not dry_run or refusal.reason is not CatalogueError.NOTHING_READ:
            raise
        return _told(Outcome(dry_run, remarks=list(refusal.details["findings"])), table)


def _told(outcome: Outcome, table: Callable[[], Table] | None = None) -> CatalogueTold:
    rejects, listed = rejected(outcome.rejected, table)
    counts = Counts(outcome.created, outcome.updated, outcome.unchanged, len(rejects))
    remarks = said(each for each in outcome.remarks if each.kept)
    return CatalogueTold(outcome.dry_run, counts, remarks, rejects, listed, outcome.retired)
