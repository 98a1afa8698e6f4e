"""A mailbox is set up, changed, tried, removed: by whoever looks after the system."""

import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jingwei.accounts import ports as areas
from jingwei.accounts.queries import Right, require
from jingwei.cases import ports
from jingwei.cases.events import LetterEvent
from jingwei.cases.letter_errors import LetterError
from jingwei.cases.models import Mailbox
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words

FIELDS = {"host": Words("邮件服务器", "server"), "port": Words("端口", "port"), "security": Words("加密方式", "encryption"),
          "user": Words("登录用户", "user"), "password": Words("密码或授权码", "password"), "folder": Words("文件夹", "folder")}
DEFAULTS = {"port": "993", "security": "tls", "folder": "INBOX"}
_LONGEST = 200


def set_mailbox(actor: Actor, box_id: UUID, *, name: str, area_code: str, active: bool, settings: Mapping[str, str]) -> UUID:
    """A new mailbox, or one that is there changed. A password left out stays as it is, for the same server and user."""
    require(actor, Right.SYSTEM_MANAGE)
    client_id(box_id)
    name = unicodedata.normalize("NFC", name).strip()
    if not 0 < len(name) <= 60 or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise Refusal(LetterError.BAD_BOX, field=Words("名称", "name"))
    area_path = areas.area_path_of(area_code) if area_code and "\0" not in area_code else None
    if area_path is None:
        raise Refusal(LetterError.BAD_BOX, field=Words("区域", "area"))
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"mailbox:{box_id}")
        box = Mailbox.objects.filter(id=box_id).first()
        given = _settings(settings, journaled.unseal(f"mailbox:{box_id}", bytes(box.sealed)) if box else {})
        box = box or Mailbox(id=box_id, made_at=clock.now())
        box.name, box.area_path, box.area_code, box.active, box.error = name, area_path, area_code, active, ""
        box.sealed = journal.seal(f"mailbox:{box_id}", given)
        box.save()
        journal.record(actor, tail, LetterEvent.BOX_SET, {"area": area_code, "active": active}, area_path=area_path)
    return box_id


def drop_mailbox(actor: Actor, box_id: UUID) -> None:
    """Its letters stay; its password is gone for good."""
    require(actor, Right.SYSTEM_MANAGE)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"mailbox:{box_id}")
        if not Mailbox.objects.filter(id=box_id).delete()[0]:
            raise Refusal(KernelError.NOT_FOUND)
        journal.forget(f"mailbox:{box_id}")
        journal.record(actor, tail, LetterEvent.BOX_DROPPED, {})


def try_mailbox(actor: Actor, box_id: UUID) -> None:
    """Sign in and look into the folder; takes nothing in. Refuses with what is wrong. Outside any transaction: it may take seconds."""
    require(actor, Right.SYSTEM_MANAGE)
    box = Mailbox.objects.filter(id=box_id).first()
    if box is None:
        raise Refusal(KernelError.NOT_FOUND)
    settings = journaled.unseal(f"mailbox:{box_id}", bytes(box.sealed))
    for _ in ports.mail_reader().read(settings, validity=0, after=0, since=clock.now().date() + timedelta(days=2), most=0):
        break
    with transaction.atomic(savepoint=False):
        Mailbox.objects.filter(id=box_id).update(error="")
        journal.record_new(actor, f"mailbox:{box_id}", LetterEvent.BOX_TRIED, {})


def _settings(given: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    settings = {}
    for name, word in FIELDS.items():
        text = given.get(name, "").strip()
        if len(text) > _LONGEST or any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
            raise Refusal(LetterError.BAD_BOX, field=word)
        settings[name] = text or DEFAULTS.get(name, "")
    if not settings["password"] and before:
        if any(settings[name] != before[name] for name in ("host", "port", "user", "security")):
            raise Refusal(LetterError.PASSWORD_AGAIN)
        settings["password"] = before["password"]
    for name, word in FIELDS.items():
        if not settings[name]:
            raise Refusal(LetterError.BAD_BOX, field=word)
    ports.mail_reader().check(settings)
    return settings
