"""What of a person may be made public: given and withdrawn by the person, or recorded from a signed form (STF-37).

Without consent papers and the public answer name a person and the post, nothing else. What the journal keeps is that
something was given, never what.
"""

import re
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from jingwei.accounts.queries import names_of
from jingwei.files import queries as files
from jingwei.grids.commands.staffing import _path_for
from jingwei.grids.commands.standing import active, changeable, visible_to
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.events import ContactEvent
from jingwei.grids.models import BoardText, PublicContact
from jingwei.grids.paper_errors import PaperError
from jingwei.grids.rows import clean_name
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

LONGEST_SERVICE, MOST_SERVICES = 60, 10
_PHONE = re.compile(r"[0-9+() \-]{3,24}", re.ASCII)


def subject_of(user_id: UUID) -> str:
    """Of a person's public phone in the journal and the vault."""
    return f"public_contact:{user_id}"


def give_contact(actor: Actor, user_id: UUID, *, consent: bool, phone: str = "", photo: UUID | None = None,
                 form: bool = False, keep_photo: bool = False) -> None:
    """Record that a person agrees to have phone and photo made public, in place of what was agreed before.

    `consent` must be said. For somebody else only from a signed `form`, by whoever arranges the staffing there.
    `keep_photo`: the one that is public already stays.
    """
    own = actor.user_id == user_id
    if not consent or not (own or form):
        raise Refusal(PaperError.NO_CONSENT)
    phone = _phone(phone)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(subject_of(user_id))
        path = _path_for(actor, user_id)
        if not names_of([user_id]):
            raise Refusal(GridError.UNKNOWN_PERSON, person=str(user_id))
        before = PublicContact.objects.filter(user_id=user_id, withdrawn_on=None).first()
        if keep_photo and photo is None and before is not None:
            photo = before.photo_id
        elif photo is not None:
            photo = _own_photo(actor, photo)
        if not phone and photo is None:
            raise Refusal(PaperError.NOTHING_PUBLIC)
        if before is not None:
            _end(before, actor)
        journal.forget(subject_of(user_id))
        sealed = journal.seal(subject_of(user_id), {"phone": phone}) if phone else None
        PublicContact.objects.create(user_id=user_id, phone=sealed, photo_id=photo, given_on=today(), form=not own,
                                     recorded_by=actor.user_id)
        journal.record(actor, tail, ContactEvent.GIVEN, {"phone": bool(phone), "photo": photo is not None, "form": not own},
                       area_path=path)


def withdraw_contact(actor: Actor, user_id: UUID) -> None:
    """End the consent: phone and photo are gone at once, the next print goes without. Nothing happens without one."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(subject_of(user_id))
        path = _path_for(actor, user_id)
        before = PublicContact.objects.filter(user_id=user_id, withdrawn_on=None).first()
        if before is None:
            return
        _end(before, actor)
        journal.forget(subject_of(user_id))
        journal.record(actor, tail, ContactEvent.WITHDRAWN, {}, area_path=path)


def set_board(actor: Actor, area_id: int, *, office_phone: str = "", supervision_phone: str = "",
              services: Sequence[str] = ()) -> None:
    """Say what stands on the boards and cards of an area and of all below it: the offices' phones, what the worker does.

    All empty: what stands above holds again.
    """
    phones = _phone(office_phone), _phone(supervision_phone)
    lines = [line for text in services[:MOST_SERVICES] if (line := (clean_name(text, 0, []) or "")[:LONGEST_SERVICE])]
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area_board:{area_id}")
        area = visible_to(active(changeable(actor, area_id)), None)
        if any(phones) or lines:
            BoardText.objects.update_or_create(area=area, defaults={
                "office_phone": phones[0], "supervision_phone": phones[1], "services": lines})
        else:
            BoardText.objects.filter(area=area).delete()
        journal.record(actor, tail, ContactEvent.BOARD_SET, {
            "office_phone": bool(phones[0]), "supervision_phone": bool(phones[1]), "services": len(lines)},
            area_path=area.path)


def _phone(text: str) -> str:
    text = " ".join(text.split())
    if text and not (_PHONE.fullmatch(text) and 3 <= sum(sign.isdigit() for sign in text) <= 20):
        raise Refusal(PaperError.BAD_PHONE)
    return text


def _own_photo(actor: Actor, photo: UUID) -> UUID:
    try:
        found = files.own(actor, photo)
    except Refusal as refusal:
        if refusal.reason is not KernelError.NOT_FOUND:
            raise
        raise Refusal(PaperError.NOT_A_PHOTO) from None
    if found.kind != "photo":
        raise Refusal(PaperError.NOT_A_PHOTO)
    return found.id


def _end(before: PublicContact, actor: Actor) -> None:
    before.phone, before.photo = None, None
    before.withdrawn_on, before.withdrawn_by = today(), actor.user_id
    before.save(update_fields=["phone", "photo", "withdrawn_on", "withdrawn_by"])
