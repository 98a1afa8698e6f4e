"""Photos and documents that come with a step."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, CaseFile
from jingwei.files import queries as files_of
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from jingwei.cases.commands.step import Moving

MOST = 20
NO_SHOTS: Mapping[UUID, str] = {}


def known_files(actor: Actor, ids: Sequence[UUID]) -> list[UUID]:
    """The ids without repeats. Refuses what does not exist or was uploaded by somebody else."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    if len(wanted) > MOST:
        raise Refusal(CaseError.TOO_MANY_FILES, most=MOST, count=len(wanted))
    owners = {row.id: row.added_by for row in files_of.of_ids(wanted)}
    for file_id in wanted:
        if file_id not in owners or owners[file_id] != actor.user_id:
            raise Refusal(CaseError.UNKNOWN_FILE, file=file_id)
    return wanted


def attach(moving: "Moving", ids: Sequence[UUID], shots: Mapping[UUID, str] = NO_SHOTS) -> None:
    """Tie uploaded files to the case at this step."""
    wanted = known_files(moving.actor, ids)
    if wanted:
        tie(moving.case, moving.action, wanted, shots)
        moving.told["files"] = [str(file_id) for file_id in wanted]


def tie(case: Case, action: str, ids: Sequence[UUID], shots: Mapping[UUID, str] = NO_SHOTS) -> None:
    """The rows that say which file came with which step; a file already there stays where it was."""
    CaseFile.objects.bulk_create(
        [CaseFile(case_id=case.id, file_id=file_id, action=action, shot=shots.get(file_id, "")) for file_id in ids],
        ignore_conflicts=True)
