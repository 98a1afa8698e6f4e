"""A source is set up, given a secret, dropped: by whoever looks after the system."""

import secrets
import unicodedata
from uuid import UUID

from django.db import transaction

from jingwei.accounts import ports as areas
from jingwei.accounts.queries import Right, require
from jingwei.cases import sources
from jingwei.cases.events import SourceEvent
from jingwei.cases.models import Source
from jingwei.cases.source_errors import SourceError
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words


def set_source(actor: Actor, source_id: UUID, *, kind: str, name: str, area_code: str, active: bool, trusted: bool) -> UUID:
    """A new source, or one that is there changed. It can send nothing before a secret was made for it."""
    require(actor, Right.SYSTEM_MANAGE)
    client_id(source_id)
    name = unicodedata.normalize("NFC", name).strip()
    if not 0 < len(name) <= 60 or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise Refusal(SourceError.BAD_SOURCE, field=Words("名称", "name"))
    area_path = areas.area_path_of(area_code) if area_code and "\0" not in area_code else None
    if area_path is None:
        raise Refusal(SourceError.BAD_SOURCE, field=Words("区域", "area"))
    if kind not in sources.KINDS or (trusted and kind != "camera"):
        raise Refusal(SourceError.BAD_SOURCE, field=Words("类别或“直接成案”", "kind, or whether it is trusted"))
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"source:{source_id}")
        source = Source.objects.filter(id=source_id).first() or Source(id=source_id, kind=kind, made_at=clock.now())
        if source.kind != kind:
            raise Refusal(SourceError.KIND_STAYS)
        source.name, source.area_path, source.area_code = name, area_path, area_code
        source.active, source.trusted = active, trusted
        source.save()
        journal.record(actor, tail, SourceEvent.SET, {"kind": kind, "area": area_code, "active": active, "trusted": trusted}, area_path=area_path)
    return source_id


def make_secret(actor: Actor, source_id: UUID) -> str:
    """A new secret, told this once; what was signed with an earlier one is refused from now on."""
    require(actor, Right.SYSTEM_MANAGE)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"source:{source_id}")
        secret = secrets.token_urlsafe(32)
        if not Source.objects.filter(id=source_id).update(sealed=journal.seal(f"source:{source_id}", {"secret": secret})):
            raise Refusal(KernelError.NOT_FOUND)
        journal.record(actor, tail, SourceEvent.SECRET_MADE, {})
    return secret


def drop_source(actor: Actor, source_id: UUID) -> None:
    """What it sent stays; its secret is gone for good."""
    require(actor, Right.SYSTEM_MANAGE)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"source:{source_id}")
        if not Source.objects.filter(id=source_id).delete()[0]:
            raise Refusal(KernelError.NOT_FOUND)
        journal.forget(f"source:{source_id}")
        journal.record(actor, tail, SourceEvent.DROPPED, {})
