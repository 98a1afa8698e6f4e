"""What comes with a deed on the spot beside its words: kinds of photo, and how far from the case they and the phone were.

Positions are read here and not kept: the photos' stay sealed with their files, the phone's is forgotten. The entry holds
distances and ages, which whoever decides is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jingwei.cases import evidence, photo_asks, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.evidence import Point
from jingwei.cases.models import Case
from jingwei.cases.photo_asks import SHOTS
from jingwei.cases.task_errors import TaskError
from jingwei.files import queries as files_of
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    from jingwei.cases.commands.step import Moving

REASON_MOST = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """`shots`: file → near, far, before, after. `no_photo`: why there is none. `position`: where the phone said it was."""

    shots: Mapping[UUID, str] = field(default_factory=dict)
    no_photo: str = ""
    position: Point | None = None


NOTHING = Proof()


def prove(moving: "Moving", files: Sequence[UUID], given: Proof) -> None:
    """Refuse what is missing or means nothing; note the rest. No statement without photos, two with them."""
    for file, shot in given.shots.items():
        if file not in files:
            raise Refusal(CaseError.UNKNOWN_FILE, file=file)
        if shot not in SHOTS:
            raise Refusal(TaskError.UNKNOWN_SHOT, shot=shot[:40], possible=_named(SHOTS))
    if moving.action not in photo_asks.ON_THE_SPOT:
        return
    if given.no_photo.strip():
        moving.tell("no_photo", given.no_photo, REASON_MOST)
    else:
        wanted = asked_of(moving.case, moving.action, moving.book)
        lacks = photo_asks.lacking(wanted, set(given.shots.values()))
        if wanted is not None and lacks:
            shown = workflow.ACTIONS[moving.action][0]
            raise Refusal(TaskError.PHOTOS_WANTED, action=Words(shown, moving.action.replace("_", " "), shown), shots=_named(lacks), why=wanted.why)
    found = _weighed(moving, files, given.position)
    if found:
        moving.told["evidence"] = [evidence.told(one) for one in found]


def asked_of(case: Case, action: str, book: Any) -> photo_asks.Asked | None:
    """What an action asks for on this case, by its class and the place's own will; from memory."""
    row = book.classes.get(case.class_entry_id)
    if row is None or action not in photo_asks.ON_THE_SPOT:
        return None
    return photo_asks.asked(row.full_code, action, book.setting("photos_asked", case.area_path))


def _weighed(moving: "Moving", files: Sequence[UUID], position: Point | None) -> list[evidence.Weighed]:
    place = Point(moving.case.lon, moving.case.lat)
    found = [] if position is None else [evidence.weigh(place, position, now=moving.now)]
    for file, wrote in files_of.evidence_of(files).items():
        seen = None if wrote is None or wrote.lon is None or wrote.lat is None else Point(wrote.lon, wrote.lat, wrote.accuracy_m)
        taken = None if wrote is None else wrote.located_at or wrote.taken_at
        found.append(evidence.weigh(place, seen, file=str(file), taken=taken, now=moving.now))
    return found


def _named(shots: Sequence[str] | Mapping[str, str]) -> Words:
    return Words(photo_asks.named(list(shots)), ", ".join(shots))
