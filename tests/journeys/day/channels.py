"""The table of ways in: each is one function that brings in one or a few reports and says which became cases.

A new way in is a function here and a row of WAYS.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any, NamedTuple

import httpx

from jingwei.cases import signing
from jingwei.kernel.ids import new_id
from tests.exchange.imap import Box
from tests.journeys.centre.desk import Desk
from tests.journeys.centre.worker import People
from tests.journeys.day.cast import person

TELLS = ("路灯整夜不亮", "井盖松动，车过有响声", "人行道上堆着建筑垃圾", "污水从井口冒出来", "占道经营，行人绕到车道上", "行道树枝断了挂在半空")
LEFT_AT, EACH = ("reported", "handling", "checking", "filed", "fed_back"), 5
"""Every fifth case stays for tomorrow once it is there."""
KINDS = ("", "", "coordination", "sudden", "approval")  # mediation has sessions of its own, and tests


@dataclass
class Day:
    """What all seats share. `filed`: how many reports of each way were acknowledged as cases; `by`: by channel. `done`: deeds
    that somebody did today: what nobody did yet is done first, so that a short day has something of everything.
    """

    base: str
    desk: Desk
    people: People
    box: Box
    told: dict[str, Any]
    filed: Counter[str] = field(default_factory=Counter)
    by: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    left_at: dict[str, str] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    reopened: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, way: str, channel: str, cases: list[str], count: int | None = None) -> None:
        with self.lock:
            self.filed[way] += len(cases) if count is None else count
            self.by[channel] += len(cases) if count is None else count
            for case in cases:
                if len(self.ids) % EACH == 0:
                    self.left_at[case] = LEFT_AT[len(self.ids) // EACH % len(LEFT_AT)]
                self.ids.append(case)

    def point(self, rng: random.Random) -> tuple[float, float]:
        return rng.choice(self.people.places)


def _report(day: Day, rng: random.Random, who: str, way: str, channel: str, **more: Any) -> None:
    lon, lat = more.pop("at", None) or day.point(rng)
    body = {"id": str(new_id()), "text": rng.choice(TELLS), "lon": lon, "lat": lat, "place": "路口", "channel": channel,
            "class_code": rng.choice(("", *day.people.classes)), **more}
    asked = day.desk.act(who, "report", str(body["id"]), "/api/cases", body)
    day.keep(way, channel, [str(body["id"])] if asked.status == 201 else [])


def phone(day: Day, rng: random.Random, who: str) -> None:
    """A call at the hotline: the caller's history first, then the form with a number to call back."""
    number = f"139{rng.randrange(40):08}"
    day.desk.act(who, "history", "", "/api/caller-history", {"phone": number})
    _report(day, rng, who, "phone", "hotline", contact_name="来电示例", contact_phone=number)


def counter(day: Day, rng: random.Random, who: str) -> None:
    _report(day, rng, who, "counter", "portal", contact_phone=f"138{rng.randrange(40):08}")


def above(day: Day, rng: random.Random, who: str) -> None:
    _report(day, rng, who, "above", "upper")


def round_of(day: Day, rng: random.Random, who: str) -> None:
    """A grid worker on the way, often with a photo."""
    files = [sent] if rng.random() < 0.4 and (sent := day.desk.upload(who, day.people.photo())) else []
    _report(day, rng, who, "worker", "supervisor", files=files)


def of_a_kind(day: Day, rng: random.Random, who: str) -> None:
    """In the township, which tells kinds of event apart."""
    _report(day, rng, who, "kind", "supervisor", kind=rng.choice(KINDS), class_code=rng.choice(day.people.classes), at=tuple(rng.choice(day.told["town"])))


def mail(day: Day, rng: random.Random, who: str) -> None:
    """A resident writes; the letter waits in the inbox until an acceptor takes it."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"resident{rng.randrange(10**6)}@example.test", "centre@example.test", "反映问题"
    letter["Message-ID"], letter["Date"] = f"<{new_id()}@example.test>", datetime.now(UTC)
    letter.set_content(f"{rng.choice(TELLS)}，电话 13912345678")
    with day.lock:
        day.box.put(letter.as_bytes())


def _signed(day: Day, kind: str, body: dict[str, Any]) -> Any:
    data, at, nonce = json.dumps(body, ensure_ascii=False).encode(), str(int(time.time())), new_id().hex
    headers = {signing.SOURCE: day.told[kind], signing.TIME: at, signing.NONCE: nonce, "Content-Type": "application/json",
               signing.SIGNATURE: signing.signature(day.told[f"{kind}_secret"], kind, at, nonce, data)}
    for _ in range(8):
        answer = httpx.post(f"{day.base}/api/intake/{kind}", content=data, headers=headers, timeout=60, trust_env=False)
        if answer.status_code != 503:
            break
        time.sleep(1)
    if answer.status_code not in (200, 201):
        day.desk.faults.append(f"{kind}: {answer.status_code} {answer.text[:200]}")
    return answer.json()


def sms(day: Day, rng: random.Random, who: str) -> None:
    _signed(day, "sms", {"id": str(new_id()), "phone": f"137{rng.randrange(10**8):08}", "text": rng.choice(TELLS)})


def camera(day: Day, rng: random.Random, who: str) -> None:
    """An alarm of a trusted system becomes a case at once; sent twice it is one."""
    lon, lat = day.point(rng)
    body = {"id": str(new_id()), "camera": f"LX-{rng.randrange(1000):03}", "title": "占道经营", "text": "连续三分钟", "lon": lon, "lat": lat, "place": "路口"}
    first, again = _signed(day, "camera", body), _signed(day, "camera", body)
    if first.get("number") != again.get("number"):
        day.desk.faults.append(f"one alarm, two answers: {first} {again}")
    day.keep("camera", "video", [], 1 if first.get("number") else 0)


def pasted(day: Day, rng: random.Random, who: str) -> None:
    """Six rows pasted from a table, one of them without a place; filed in the background."""
    rows = ["情况说明\t位置描述\t经度\t纬度"]
    for number in range(5):
        lon, lat = day.point(rng)
        rows.append(f"{rng.choice(TELLS)} {new_id().hex[-6:]}\t第 {number} 处\t{lon}\t{lat}")
    rows.append("不知道在哪的一件\t\t\t")
    batch = str(new_id())
    sent = day.desk.send(who, "/api/batches", {"id": batch, "channel": "hotline"}, "粘贴的表.tsv", "\n".join(rows).encode())
    until = time.monotonic() + 240
    while sent and time.monotonic() < until:
        told = (day.desk.read(who, f"/api/batches/{batch}") or {}).get("batch") or {}
        if told.get("state") in ("done", "stopped"):
            day.keep("pasted", "hotline", [], told["filed"])
            return
        time.sleep(1)
    day.desk.faults.append(f"a table was not filed: {batch}")


def minutes(day: Day, rng: random.Random, who: str) -> None:
    """The minutes of a meeting held elsewhere: two matters, filed together."""
    matters = []
    for _ in range(2):
        lon, lat = day.point(rng)
        matters.append({"id": str(new_id()), "text": rng.choice(TELLS), "lon": lon, "lat": lat, "place": "路口"})
    asked = day.desk.act(who, "minutes", "", "/api/minutes", {
        "id": str(new_id()), "title": "城市管理联席会议", "held_on": datetime.now(UTC).date().isoformat(), "matters": matters})
    day.keep("minutes", "meeting", [str(each["id"]) for each in matters] if asked.status == 201 else [])


def meeting(day: Day, rng: random.Random, who: str) -> None:
    """The stand-up meeting: a decision of it becomes a case."""
    called, (lon, lat) = str(new_id()), day.point(rng)
    asked = day.desk.act(who, "meeting", "", "/api/meetings", {
        "id": called, "kind": "standup", "area": person(who).area, "held_at": datetime.now(UTC).isoformat()})
    if asked.status == 201:
        decided = day.desk.act(who, "decide", "", f"/api/meetings/{called}/decisions", {
            "id": str(new_id()), "way": "case", "text": rng.choice(TELLS), "lon": lon, "lat": lat, "place": "路口"})
        day.keep("meeting", "meeting", [], int(decided.status in (200, 201)))


class Way(NamedTuple):
    """`seat`: where it comes in. `share`: of all reports; `each`: how many reports one call brings."""

    come: Callable[[Day, random.Random, str], None]
    seat: str
    share: float
    each: int = 1


WAYS: dict[str, Way] = {
    "phone": Way(phone, "acceptors", 0.2), "counter": Way(counter, "acceptors", 0.06), "above": Way(above, "acceptors", 0.05),
    "worker": Way(round_of, "workers", 0.14), "kind": Way(of_a_kind, "workers", 0.12),
    "mail": Way(mail, "residents", 0.06), "sms": Way(sms, "residents", 0.06), "camera": Way(camera, "residents", 0.07),
    "pasted": Way(pasted, "acceptors", 0.1, 5), "minutes": Way(minutes, "acceptors", 0.04, 2),
    "meeting": Way(meeting, "shift leader", 0.02),
}
IMPORTED = 0.08
"""The rest stands there in the morning, imported from the system before."""


def plan(cases: int) -> dict[str, list[str]]:
    """Seat → the ways in by which reports come to it, in order of the day. Each way is used at least once."""
    found: dict[str, list[str]] = {}
    for name, way in WAYS.items():
        found.setdefault(way.seat, []).extend([name] * max(1, round(cases * way.share / way.each)))
    return found
