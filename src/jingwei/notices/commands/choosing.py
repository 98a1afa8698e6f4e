"""How a person wants to be told: by which ways, when, of what. Addresses are sealed and only ever shown to that person."""

import re
from dataclasses import dataclass
from datetime import time

from django.db import transaction

from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words
from jingwei.notices import ports, quiet
from jingwei.notices.errors import TellingError
from jingwei.notices.events import TellingEvent
from jingwei.notices.models import Choice

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_PHONE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
_WHAT = {"mail": Words("邮箱", "mail address"), "sms": Words("手机号", "phone number")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`mail`, `sms`: the own address and number, '' for none. `quiet_from`, `quiet_until`: None as the installation has it."""

    mail: str = ""
    sms: str = ""
    by_mail: bool = False
    by_sms: bool = False
    digest: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None
    off: tuple[str, ...] = ()


def choose(actor: Actor, wanted: Wanted) -> None:
    """Keep one's own choice in place of the one before. The journal tells that it was made, nothing of it."""
    if actor.user_id is None:
        raise Refusal(KernelError.NOT_FOUND)
    addresses = {"mail": _address("mail", wanted.mail, _MAIL), "sms": _address("sms", wanted.sms, _PHONE)}
    for way, chosen in (("mail", wanted.by_mail), ("sms", wanted.by_sms)):
        if chosen and not addresses[way]:
            raise Refusal(TellingError.WAY_NOT_READY, way=Words(ports.WAY_NAMES[way], way), what=_WHAT[way])
    if wanted.digest not in quiet.DIGESTS or (wanted.quiet_from is None) != (wanted.quiet_until is None):
        raise Refusal(TellingError.BAD_CHOICE, what=Words("汇总和免打扰", "digest and quiet hours"), value=wanted.digest[:10] or "—")
    known = {kind.code for kind in ports.kinds()}
    if set(wanted.off) - known:
        raise Refusal(TellingError.BAD_CHOICE, what=Words("种类", "kind"), value=str(wanted.off[0])[:20])
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"choice:{actor.user_id}")
        given = {way: text for way, text in addresses.items() if text}
        Choice.objects.update_or_create(user=actor.user_id, defaults={
            "sealed": journal.seal(f"choice:{actor.user_id}", given) if given else None,
            "mail": wanted.by_mail, "sms": wanted.by_sms, "digest": wanted.digest,
            "quiet_from": wanted.quiet_from, "quiet_until": wanted.quiet_until,
            "off": "".join(f"|{kind}" for kind in sorted(set(wanted.off))) + "|" if wanted.off else ""})
        journal.record(actor, tail, TellingEvent.CHOSEN, {})


def _address(way: str, text: str, shape: re.Pattern[str]) -> str:
    text = text.strip()
    if text and not (shape.fullmatch(text) and len(text) <= 120):
        raise Refusal(TellingError.BAD_ADDRESS, what=_WHAT[way])
    return text
