"""What an import of areas would do: the comparison of the import itself, with nothing staged."""

from django.db.models import Max

from jingwei.grids.commands.comparing import Comparison
from jingwei.grids.commands.importing import Imported, add_up, batches
from jingwei.grids.models import Area
from jingwei.grids.rows import Reading


def foretell(reading: Reading, *, system: str) -> Imported:
    """The outcome that importing this reading would have now. Reads only."""
    outcome = Imported(None, None, findings=list(reading.findings))
    comparison = Comparison(system, None, reading)
    following = (Area.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    for batch in batches(reading.rows):
        work = comparison.look(batch)
        ids = list(range(following, following + len(work.new)))
        following += len(ids)
        comparison.place(work, ids)
        comparison.outlines(work)
        comparison.changes(work)
        add_up(outcome, work)
    outcome.findings.sort(key=lambda one: one.row)
    return outcome
