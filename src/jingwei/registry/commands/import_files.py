"""Files of parts as they come, by their bytes. What the keyboard and the screen both call."""

from functools import partial

from jingwei.formats.imports import Counts, Told, rejected, said
from jingwei.formats.source import Source
from jingwei.formats.tables import read_table
from jingwei.kernel.actor import Actor
from jingwei.registry.commands.importing import Progress, import_parts


def parts_of_file(actor: Actor, source: Source, *, scheme: str = "", crs: str = "", layer: str = "", sheet: str = "",
                  dry_run: bool = False, progress: Progress | None = None) -> Told:
    """`import_parts`, told as an import. A dry run of a file of which no row can be taken tells the rows."""
    outcome, reading = import_parts(actor, source, scheme=scheme, crs=crs, layer=layer, sheet=sheet, dry_run=dry_run,
                                    progress=progress)
    again = partial(read_table, source, sheet=sheet or None) if reading.table else None
    rejects, listed = rejected(outcome.rejected, again)
    remarks = said(each for each in outcome.remarks if each.kept)
    return Told(dry_run, Counts(outcome.added, outcome.changed, outcome.unchanged, len(rejects)), remarks, rejects, listed)
