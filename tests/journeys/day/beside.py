"""What people do beside the steps of a case: merge, urge, order, refer, ask for help, call back, and answer all that."""

import random
from collections.abc import Callable
from typing import Any

from jingwei.kernel.ids import new_id
from tests.journeys.day.channels import Day

Shown = dict[str, Any]
OFTEN = {"merge": 0.12, "unmerge": 0.3, "urge": 0.05, "order": 0.04, "refer": 0.02, "ask_help": 0.05, "claim": 0.03}
"""Deed → how often somebody who may do it does."""


def wanted(deed: str, day: Day, rng: random.Random) -> bool:
    return deed in OFTEN and (deed not in day.done or rng.random() < OFTEN[deed])


def do(deed: str, login: str, shown: Shown, day: Day, rng: random.Random, rows: list[dict[str, Any]]) -> bool:
    """The deed on this case; whether it was taken."""
    if not _done(deed, login, shown, day, rng, rows):
        return False
    day.done.add(deed)
    return True


def _done(deed: str, login: str, shown: Shown, day: Day, rng: random.Random, rows: list[dict[str, Any]]) -> bool:
    case = shown["case"]["id"]
    body: dict[str, Any] = {"reason": "说的是同一件事"}
    if deed == "merge":
        others = [row["id"] for row in rows if row["id"] != case]
        if not others or shown["case"]["state"] != "reported":
            return False
        body["into"] = rng.choice(others)
    elif deed == "urge":
        body = {"text": "请抓紧办理，按时反馈"}
    elif deed == "order":
        body = {"id": str(new_id()), "demand": "请立即组织处置，按时书面报告", "value": "1", "unit": "work_day", "units": ["SZ"]}
    elif deed == "refer":
        body = {"id": str(new_id()), "category": "other", "unit_code": rng.choice(("HB", "DW")), "text": "请协助核处", "case": case}
        return day.desk.act(login, "refer", "", "/api/referrals", body).status == 201
    elif deed == "ask_help":
        body = {"id": str(new_id()), "unit_code": "DW", "task": "请派人到场配合"}
    elif deed == "claim":
        body = {"kind": "wages", "amount": "1200.50", "headcount": 2}
    path = {"order": "orders", "ask_help": "helpers"}.get(deed, deed)
    return day.desk.act(login, deed, "", f"/api/cases/{case}/{path}", body).status in (200, 201)


def look_around(seat: str, login: str, day: Day, rng: random.Random, *, often: float) -> int:
    """Something of what waits for somebody beside the steps; how much was done."""
    return sum(deed(login, day, rng) for deed in AROUND.get(seat, ()) if rng.random() < often)


def inbox(login: str, day: Day, rng: random.Random) -> int:
    """A letter or a text message becomes a case, or comes to nothing."""
    waiting = (day.desk.read(login, "/api/inbox") or {}).get("letters", [])
    if not waiting:
        return 0
    letter = rng.choice(waiting)
    if rng.random() < 0.1:
        return int(day.desk.act(login, "discard", "", f"/api/inbox/{letter['id']}/discard", {"reason": "不属于本区"}).status == 200)
    lon, lat = day.point(rng)
    body = {"id": str(new_id()), "text": letter["text"], "lon": lon, "lat": lat, "place": "路口", "channel": "letter"}
    taken = day.desk.act(login, "take", "", f"/api/inbox/{letter['id']}/take", body).status == 201
    day.keep(letter["via"], "letter", [str(body["id"])] if taken else [])
    return int(taken)


def orders(login: str, day: Day, rng: random.Random) -> int:
    """Signed, answered, judged: whatever this person may do with an order."""
    said = {"reply": {"text": "已派人处置完毕"}, "return": {"reason": "请补充照片"}}
    for order in (day.desk.read(login, "/api/orders?show=mine") or {}).get("rows", [])[:1]:
        for served in order["served"]:
            deeds = [each["deed"] for each in served["deeds"] if each["deed"] not in ("withdraw", "return") or rng.random() < 0.1]
            if deeds:
                asked = day.desk.act(login, f"order_{deeds[0]}", "", f"/api/orders/{order['id']}/{deeds[0]}",
                                     {"unit_code": served["unit"], **said.get(deeds[0], {})})
                return int(asked.status == 200)
    return 0


def referrals(login: str, day: Day, rng: random.Random) -> int:
    """The unit signs, refuses or answers; the sender ends."""
    for tab in ("sign", "answer", "back"):
        for row in (day.desk.read(login, f"/api/referrals?tab={tab}&limit=5") or {}).get("rows", [])[:1]:
            deed = {"sign": "sign" if rng.random() < 0.8 else "refuse", "answer": "answer", "back": "end"}[tab]
            body = {"refuse": {"reason": "不属于本单位职责"}, "answer": {"text": "已核处"}, "end": {"reason": "知道了"}}.get(deed, {})
            if day.desk.act(login, f"referral_{deed}", "", f"/api/referrals/{row['id']}/{deed}", body).status == 200:
                return 1
    return 0


def helping(login: str, day: Day, rng: random.Random) -> int:
    for row in (day.desk.read(login, "/api/cases?helping=true&limit=5") or {}).get("rows", []):
        for help_ in day.desk.read(login, f"/api/cases/{row['id']}/helpers") or []:
            for deed in ("sign", "finish"):
                if deed in help_["may"]:
                    asked = day.desk.act(login, f"help_{deed}", "", f"/api/helpers/{help_['id']}/{deed}",
                                         {"text": "已到场配合"} if deed == "finish" else {})
                    return int(asked.status == 200)
    return 0


def calls(login: str, day: Day, rng: random.Random) -> int:
    """Whoever left a number is called once it is closed."""
    for row in (day.desk.read(login, "/api/callbacks") or {}).get("waiting", [])[:1]:
        outcome = rng.choice(("satisfied", "satisfied", "not", "unreached"))
        body = {"id": str(new_id()), "outcome": outcome, "text": "说已经好了" if outcome != "not" else "还有一处没有清"}
        return int(day.desk.act(login, "call_back", "", f"/api/cases/{row['id']}/callbacks", body).status == 201)
    return 0


def reopened(login: str, day: Day, rng: random.Random) -> int:
    """One case in forty was closed too early."""
    if day.reopened >= 1 + len(day.ids) // 40:
        return 0
    for row in (day.desk.read(login, "/api/cases?state=closed&limit=5") or {}).get("rows", [])[:1]:
        if row["id"] not in day.left_at and day.desk.act(
                login, "reopen", row["id"], f"/api/cases/{row['id']}/reopen", {"reason": "又有人反映"}).status == 200:
            day.reopened += 1
            return 1
    return 0


AROUND: dict[str, tuple[Callable[[str, Day, random.Random], int], ...]] = {
    "acceptors": (inbox, calls), "dispatcher": (referrals,), "shift leader": (orders, calls, reopened),
    "units": (orders, referrals, helping), "workers": (referrals,), "township": (orders, referrals),
}
