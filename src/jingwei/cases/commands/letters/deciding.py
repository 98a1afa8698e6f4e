"""What becomes of a letter: a case of its own, part of a case that is there, or neither, with the reason."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts.queries import Right
from jingwei.cases import letters, sources
from jingwei.cases.commands import private
from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.attach import tie
from jingwei.cases.commands.report import Report, report
from jingwei.cases.commands.step import REASON_MOST, TEXT_MOST, Moving, Taken
from jingwei.cases.events import LetterEvent
from jingwei.cases.letter_errors import LetterError
from jingwei.cases.models import Case, Letter, LetterFile
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words
from jingwei.worklist import commands as worklist


def take_letter(actor: Actor, letter_id: UUID, new: Report) -> Taken:
    """A case of its own, by the rules of every report. Its sender becomes the contact where no other name is given."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"letter:{letter_id}")
        letter, values = _waiting(actor, letter_id)
        numbers = values.get("numbers", {})
        taken = report(actor, replace(
            new, channel=sources.CHANNEL[letter.via], text=letters.restored(new.text, numbers), place=letters.restored(new.place, numbers),
            found_at=new.found_at or letter.found_at, **_contact(letter, values, new)))
        tie(Case(id=taken.id), "report", _files(letter))
        _end(actor, letter, "taken", case_id=taken.id)
        journal.record(actor, tail, LetterEvent.TAKEN, {"case": str(taken.id), "number": taken.number}, area_path=letter.area_path)
        return taken


def join_letter(actor: Actor, letter_id: UUID, *, number: str) -> UUID:
    """Its words and files come to a case that is there. Returns the case's id."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"letter:{letter_id}")
        letter, values = _waiting(actor, letter_id)
        case_id = Case.objects.filter(number=number.strip()[:30].replace("\0", "")).values_list("id", flat=True).first()
        if case_id is None:
            raise Refusal(LetterError.NO_CASE, number=number[:30])

        def change(moving: Moving) -> None:
            numbers = values.get("numbers", {})
            words = letters.restored(f"{letter.subject}\n{letter.text}", numbers).strip()
            moving.told["text"] = private.keep_numbers(moving, checked(words[:TEXT_MOST], letters.VIAS[letter.via], TEXT_MOST))
            found = _files(letter)
            tie(moving.case, "add_letter", found)
            moving.told |= {"letter": str(letter_id), "files": [str(each) for each in found]}

        try:
            case = aside(actor, case_id, "add_letter", LetterEvent.JOINED, change)
        except Refusal as refusal:
            if refusal.reason is KernelError.NOT_FOUND:
                raise Refusal(LetterError.NO_CASE, number=number[:30]) from refusal
            raise
        _end(actor, letter, "joined", case_id=case_id)
        journal.record(actor, tail, LetterEvent.PUT_TO, {"case": str(case_id), "number": case.number}, area_path=letter.area_path)
        return case_id


def discard_letter(actor: Actor, letter_id: UUID, *, reason: str) -> None:
    """Neither: advertising, not ours, already answered. The reason stays."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"letter:{letter_id}")
        letter, _ = _waiting(actor, letter_id)
        if blank(reason):
            raise Refusal(LetterError.NO_REASON)
        said = without_numbers(checked(reason, "理由", REASON_MOST), {})
        _end(actor, letter, "discarded", reason=said)
        journal.record(actor, tail, LetterEvent.DISCARDED, {"reason": said}, area_path=letter.area_path)


def _waiting(actor: Actor, letter_id: UUID) -> tuple[Letter, dict[str, Any]]:
    letter = Letter.objects.filter(id=letter_id).first()
    if letter is None or not actor.covers(Right.CASE_REVEAL.value, letter.area_path):
        raise Refusal(KernelError.NOT_FOUND)
    if letter.state != "waiting":
        raise Refusal(LetterError.NOT_WAITING, state=Words(letters.STATES[letter.state], letter.state))
    return letter, journaled.unseal(f"letter:{letter_id}", bytes(letter.sealed))


def _contact(letter: Letter, values: dict[str, Any], new: Report) -> dict[str, Any]:
    """Whom to answer, where nothing else was typed: an address, or a number by which a caller is known again."""
    if letter.via == "sms":
        return {"contact_phone": new.contact_phone or values["sender"]}
    return {"contact_name": new.contact_name or letters.named(values["name"], values["sender"])} if letter.via == "mail" else {}


def _files(letter: Letter) -> list[UUID]:
    return list(LetterFile.objects.filter(letter=letter).order_by("id").values_list("file_id", flat=True))


def _end(actor: Actor, letter: Letter, state: str, *, case_id: UUID | None = None, reason: str = "") -> None:
    Letter.objects.filter(id=letter.id).update(state=state, case_id=case_id, reason=reason, by=actor.user_id, at=clock.now())
    worklist.drop(f"letter:{letter.id}")
