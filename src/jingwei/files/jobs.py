"""What files does by itself."""

from datetime import timedelta

from django_tasks import task

from jingwei.files import commands
from jingwei.journal.ports import every
from jingwei.kernel.actor import Actor

_UNUSED_FOR = timedelta(days=7)  # a phone may send its photos today and the report when it has signal again


@every(minutes=1440)
@task(outside=True)
def clear_away() -> dict[str, int]:
    """Discard files of a week ago that nobody refers to, then the contents that no file refers to."""
    job = Actor(None, "job", via="job")
    return {"files": commands.discard_unused(job, _UNUSED_FOR), "contents": commands.sweep(job)}
