"""Who is told to the public: names and posts, phone and photo as far as the person agreed (STF-37)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.files import queries as files
from jingwei.grids.days import today
from jingwei.grids.models import Area, BoardText, PublicContact, Staffing
from jingwei.grids.queries.places import Place, chain
from jingwei.journal import queries as journaled
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

SERVICES = ("每天在网格里走动，发现问题及时上报", "走访住户，了解谁需要帮助", "您反映的事，能当场办的当场办",
            "当场办不了的，报上去并把结果告诉您", "宣传政策，调解邻里小事")
"""What a grid worker does, where the area has written nothing of its own."""
_ORDER = {"main": 0, "deputy": 1, "member": 2}


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody posted on an area. `phone` '' and `photo` None without consent."""

    user_id: UUID
    name: str
    post: str
    since: date
    duties: tuple[str, ...]
    phone: str = ""
    photo: UUID | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Texts of an area's boards, its own or those of an area above it."""

    office_phone: str = ""
    supervision_phone: str = ""
    services: tuple[str, ...] = SERVICES
    own: bool = False  # written for this very area


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """Who is my grid person: the nearest area with somebody posted, from the area asked for upwards."""

    area: Place
    people: list[Face]
    board: Board


@dataclass(frozen=True, slots=True)
class Contact:
    """The consent of one person as they see it. `days`: from and until of earlier ones."""

    given: bool
    phone: str = ""
    photo: bool = False
    given_on: date | None = None
    form: bool = False
    days: list[tuple[date, date]] = field(default_factory=list)


def public_answer(area_id: int) -> PublicAnswer | None:
    """What the public is told of an area. None where there is no such area. Seven statements at most."""
    above = chain(area_id)
    if not above or not Area.objects.filter(pk=area_id, plan__state="published").exists():
        return None
    people = faces([place.area_id for place in above], today())
    near = next((place for place in reversed(above) if people.get(place.area_id)), above[-1])
    return PublicAnswer(near, people.get(near.area_id, []), board_of(above))


def faces(area_ids: Sequence[int], day: date) -> dict[int, list[Face]]:
    """Main and deputies (and the team) of each area on a day, main first. Five statements however many areas."""
    from jingwei.grids.queries.duty import _on

    rows = _on(Staffing.objects.filter(area_id__in=list(area_ids), void=False, user__active=True), day).values_list(
        "area_id", "user_id", "post", "since", "duties", "rank", "id")
    found = sorted(rows, key=lambda row: (_ORDER[row[2]], row[5], row[3], row[6]))
    users = {row[1] for row in found}
    names, contacts = accounts.names_of(users), _contacts(users)
    people: dict[int, list[Face]] = {}
    for area, user, post, since, duties, *_ in found:
        phone, photo = contacts.get(user, ("", None))
        people.setdefault(area, []).append(Face(user, names.get(user, ""), post, since, tuple(duties), phone, photo))
    return people


def board_of(above: Sequence[Place]) -> Board:
    """The texts for the last of these places, from the nearest that has any; each text by itself."""
    written = {text.area_id: text for text in BoardText.objects.filter(area_id__in=[place.area_id for place in above])}
    near = [written[place.area_id] for place in reversed(above) if place.area_id in written]

    def first(name: str) -> Any:
        return next((value for text in near if (value := getattr(text, name))), None)

    return Board(first("office_phone") or "", first("supervision_phone") or "", tuple(first("services") or SERVICES),
                 bool(above) and above[-1].area_id in written)


def contact_of(actor: Actor, user_id: UUID) -> Contact:
    """For the person, and for whoever arranges the staffing where they are posted."""
    _may_see(actor, user_id)
    rows = list(PublicContact.objects.filter(user_id=user_id).order_by("id"))
    days = [(row.given_on, row.withdrawn_on) for row in rows if row.withdrawn_on]
    now = next((row for row in rows if row.withdrawn_on is None), None)
    if now is None:
        return Contact(False, days=days)
    phone, photo = _contacts([user_id])[user_id]
    return Contact(True, phone, photo is not None, now.given_on, now.form, days)


def open_photo(actor: Actor, user_id: UUID) -> Any:
    """The public photo of a person, small."""
    _may_see(actor, user_id)
    photo = PublicContact.objects.filter(user_id=user_id, withdrawn_on=None).values_list("photo_id", flat=True).first()
    if photo is None:
        raise Refusal(KernelError.NOT_FOUND)
    return files.open_shown(photo, "thumb")


def photos_in_use(ids: set[UUID]) -> set[UUID]:
    """Those of `ids` that are public photos of the staff."""
    rows = PublicContact.objects.filter(photo_id__in=ids, withdrawn_on=None).values_list("photo_id", flat=True)
    return {photo for photo in rows if photo is not None}


def _contacts(users: Iterable[UUID]) -> dict[UUID, tuple[str, UUID | None]]:
    rows = list(PublicContact.objects.filter(user_id__in=list(users), withdrawn_on=None).values_list(
        "user_id", "phone", "photo_id"))
    opened = journaled.unseal_many({f"public_contact:{user}": bytes(phone) for user, phone, _ in rows if phone is not None})
    return {user: (str(opened.get(f"public_contact:{user}", {}).get("phone", "")), photo) for user, _, photo in rows}


def _may_see(actor: Actor, user_id: UUID) -> None:
    if actor.user_id == user_id:
        return
    held = Staffing.objects.filter(user_id=user_id, void=False).values_list("area__path", flat=True).distinct()
    if not any(actor.covers(Right.STAFFING_MANAGE.value, path) for path in held):
        raise Refusal(KernelError.NOT_FOUND)
