"""A mailbox is read: each message once, few at a time, nobody's flood before everybody else's mail.

The mailbox itself is left as it is, so that what was passed over can still be read there.
"""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from jingwei.accounts.queries import Right
from jingwei.cases import letters, ports
from jingwei.cases.events import LetterEvent
from jingwei.cases.models import Letter, LetterFile, Mailbox
from jingwei.cases.words import without_numbers
from jingwei.files import commands as files
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import new_id
from jingwei.worklist import commands as worklist

_READER = Actor(None, "cases.letters", grants=(Grant("", "", frozenset({Right.FILE_ADD.value})),), via="job")
_LEASE = timedelta(minutes=5)
_HOUR = timedelta(hours=1)


def due_mailboxes() -> list[UUID]:
    """Those that are to be read and that nobody reads now."""
    now = clock.now()
    return list(Mailbox.objects.filter(Q(busy_until=None) | Q(busy_until__lt=now), active=True).values_list("id", flat=True))


def read_mailbox(box_id: UUID) -> int:
    """Take in what is new. Returns how many letters; what went wrong stands beside the mailbox. Not in a transaction."""
    now = clock.now()
    if not Mailbox.objects.filter(Q(busy_until=None) | Q(busy_until__lt=now), id=box_id, active=True).update(busy_until=now + _LEASE):
        return 0
    box = Mailbox.objects.get(id=box_id)
    taken, error = 0, ""
    try:
        settings = journaled.unseal(f"mailbox:{box_id}", bytes(box.sealed))
        for one in ports.mail_reader().read(settings, validity=box.validity, after=box.last_uid, since=box.made_at.date(), most=letters.PER_RUN):
            if one.letter is not None:
                if Letter.objects.filter(mailbox=box, came_at__gt=clock.now() - _HOUR).count() >= letters.PER_MAILBOX:
                    break
                taken += _take_in(box, one.letter, settings["user"])
            Mailbox.objects.filter(id=box_id).update(validity=one.validity, last_uid=one.uid)
    except Refusal as refusal:
        error = refusal.text()[:400]
    finally:
        Mailbox.objects.filter(id=box_id).update(busy_until=None, read_at=clock.now(), error=error)
    return taken


def _take_in(box: Mailbox, opened: ports.Opened, own: str) -> bool:
    if opened.by_machine or opened.sender.lower() == own.lower():
        Mailbox.objects.filter(id=box.id).update(by_machine=F("by_machine") + 1)
        return False
    if Letter.objects.filter(mailbox=box, key=opened.key).exists():
        return False
    sender = journaled.keyed_hash("mail", opened.sender.lower())
    if Letter.objects.filter(sender_hash=sender, came_at__gt=clock.now() - _HOUR).count() >= letters.PER_SENDER:
        Mailbox.objects.filter(id=box.id).update(too_many=F("too_many") + 1)
        return False
    left_out = list(opened.left_out)
    with ExitStack() as held:
        ready = []
        for attached in opened.attached:
            try:
                ready.append(held.enter_context(files.prepare(_READER, attached.data, attached.name)))
            except Refusal:
                left_out.append(attached.name)
        try:
            with transaction.atomic():
                _write(box, opened, sender, ready, left_out)
        except IntegrityError:
            return False
    return True


def _write(box: Mailbox, opened: ports.Opened, sender: str, ready: list[Any], left_out: list[str]) -> None:
    letter_id, values = new_id(), dict[str, Any]()
    subject = without_numbers(opened.subject, values)
    text = without_numbers(opened.text, values)
    values |= {"sender": opened.sender, "name": opened.name}
    tail = journal.hold(f"letter:{letter_id}")
    now = clock.now()
    Letter.objects.create(
        id=letter_id, mailbox=box, key=opened.key, area_path=box.area_path, sender_hash=sender, sender_hint=letters.hint(opened.sender),
        subject=subject[:200], text=text, cut=opened.cut, left_out=left_out, sealed=journal.seal(f"letter:{letter_id}", values), came_at=now)
    kept = [files.keep(_READER, one) for one in ready]
    LetterFile.objects.bulk_create([LetterFile(letter_id=letter_id, file_id=row.id) for row in kept])
    worklist.put(f"letter:{letter_id}", letters.KIND, area_path=box.area_path, due_at=None, since=now, posts=letters.POSTS)
    journal.record(_READER, tail, LetterEvent.CAME, {"mailbox": str(box.id), "files": [str(row.id) for row in kept]}, area_path=box.area_path)
