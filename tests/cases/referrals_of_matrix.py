"""Referrals for the matrix of rights: inside, one in the street that the caller sent, if they may send, and that went to
the caller's unit if they are tied to it; outside, one between others in the next district.
"""

from typing import Any

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, Role
from jingwei.cases.models import Referral, ReferralFile, Sending
from jingwei.files.commands import add
from jingwei.grids.models import Area
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import IN_FIRST, MONDAY_NINE, NEXT_DOOR
from tests.cast import Cast, Person
from tests.files.pictures import photo
from tests.matrix import INSIDE, Ask

HERE, BESIDE = "990101001001001", "990102001001001"
DEEDS = (
    ("sign", "sent", None), ("refuse", "sent", {"reason": "非本辖区"}), ("answer", "signed", {"text": "已登记"}),
    ("pass-on", "refused", {"unit_code": "YL", "anyway": True}), ("end", "refused", {"reason": "不再需要"}), ("contact", "sent", {"reason": "回访"}),
)


def _row(where: str, caller: Person | None, state: str) -> Referral:
    area = Area.objects.get(code=HERE if where == INSIDE else BESIDE)
    units = {row.code: row for row in accounts.unit_book().values()}
    unit = units["HW" if where == INSIDE else "ZF"]
    role = Role.named(caller.role) if caller and not caller.unit else None
    mine = where == INSIDE and role is not None and role.code in accounts.roles_with(Right.REFERRAL_SEND)
    number = Referral.objects.count()
    referral = Referral.objects.create(
        id=new_id(), number=f"B990101-2026-8{number:05}", county="990101", category="tenancy", urgency="ordinary", state=state,
        state_at=MONDAY_NINE, text="样例", area_then=area, area_now=area, area_path=area.path, from_name="样例",
        sent_by=caller.id if mine and caller else new_id(), unit_id=unit.id, unit_path=unit.path, sent_at=MONDAY_NINE)
    Sending.objects.create(referral=referral, number=1, county="990101", category="tenancy", area_path=area.path, unit_id=unit.id,
                           unit_path=unit.path, sent_at=MONDAY_NINE)
    return referral


def standing(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"referral_id": _row(where, caller, "sent").id})


def deed(state: str, body: dict[str, Any] | None) -> matrix.Request:
    return lambda cast, where, caller: Ask({"referral_id": _row(where, caller, state).id}, body)


def with_file(cast: Cast, where: str, caller: Person | None) -> Ask:
    referral = _row(where, caller, "sent")
    sent = add(accounts.operator(), photo(40, 30), "现场.jpg")
    ReferralFile.objects.create(referral=referral, file_id=sent.id, deed="send")
    return Ask({"referral_id": referral.id, "file_id": sent.id})


def sending(cast: Cast, where: str, caller: Person | None) -> Ask:
    lon, lat = IN_FIRST if where == INSIDE else NEXT_DOOR
    return Ask(body={"id": str(new_id()), "category": "tenancy", "unit_code": "YL", "text": "样例", "lon": lon, "lat": lat,
                     "anyway": True})
