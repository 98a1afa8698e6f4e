"""Cases as the commands leave them, made by the thousand: each story is told once by the commands, then its rows are
copied with another id, place, number, text and time, its chain reckoned anew.

The commands run in transactions that are rolled back; `Book.told` runs them for one case to compare with `Book.filled`.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db import transaction

from bench import ground
from jingwei.accounts.queries import actor_of_token
from jingwei.cases import clock as clocks
from jingwei.cases import commands, timing
from jingwei.cases.commands import numbers
from jingwei.cases.events import EVENT_OF
from jingwei.cases.models import Case, Step
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as places
from jingwei.journal import chain
from jingwei.journal.models import Entry, Head
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.worklist.models import Item

TABLES = {"case": Case, "step": Step, "entry": Entry, "head": Head, "item": Item}
COPIED = ("report", "dispatch", "feed_back", "close")
_VERB_COPIED = {EVENT_OF[action].value: action for action in COPIED}
_ZONE = ZoneInfo("Asia/Shanghai")
_DAYS = 1095
_SIGNS = "枫林路口东侧人行道井盖破损有积水影响行人通行请尽快派人处理旁边还堆放建筑垃圾已有多日无人清运居民反映强烈夜间没有照明"

# minutes after the report, who, and what they do
Deed = tuple[int, str, Callable[[Any, UUID], Any]]
FLOW: tuple[Deed, ...] = (
    (6, "acceptor", lambda who, case: commands.file(who, case)),
    (13, "dispatcher", lambda who, case: commands.dispatch(who, case, unit_code="HW")),
    (40, "handler", lambda who, case: commands.sign(who, case)),
    (170, "handler", lambda who, case: commands.feed_back(who, case, text="已派人到场处理，恢复原状")),
    (181, "dispatcher", lambda who, case: commands.confirm(who, case)),
    (199, "inspector", lambda who, case: commands.check(who, case, passed=True)),
    (225, "leader", lambda who, case: commands.close(who, case)),
)
_SUSPEND: Deed = (61, "dispatcher", lambda who, case: commands.suspend(who, case, reason="需等待材料到货"))
_REFUSE: Deed = (9, "acceptor", lambda who, case: commands.refuse(who, case, reason="不属于受理范围"))
_SOLVE: Deed = (4, "inspector", lambda who, case: commands.solve(who, case, text="当场清理完毕"))
STORIES: dict[str, tuple[int, tuple[Deed, ...]]] = {  # name: how many of a hundred, deeds
    "closed": (30, FLOW), "solved": (55, (_SOLVE,)), "refused": (2, (_REFUSE,)), "reported": (2, ()), "filed": (2, FLOW[:1]),
    "handling": (1, FLOW[:2]), "signed": (2, FLOW[:3]), "fed_back": (2, FLOW[:4]), "checking": (2, FLOW[:5]),
    "checked": (1, FLOW[:6]), "suspended": (1, (*FLOW[:3], _SUSPEND)),
}


@dataclass(frozen=True, slots=True)
class Spec:
    """One case to be made. `start`: a full minute; `jitter`: what is added to every time of it."""

    id: UUID
    number: str
    story: str
    class_code: str
    text: str
    lon: float
    lat: float
    start: datetime
    jitter: timedelta
    place: str = ""

    @property
    def at(self) -> datetime:
        return self.start + self.jitter


Rows = dict[str, list[dict[str, Any]]]


class Specs:
    """A seeded stream of cases, in the order of their reports, spread over three years."""

    def __init__(self, known: dict[str, Any], seed: int, count: int, until: datetime) -> None:
        self._chance = random.Random(seed)
        self._classes = known["classes"]
        self._weights = [1 / (rank + 2) for rank in range(len(self._classes))]  # a few classes are common, most are rare
        self._text = "".join(self._chance.choice(_SIGNS) for _ in range(20_000))
        self._seed, self._until = seed, until
        self.starts = sorted(self._chance.choices(self._slots(), k=count))

    def _slots(self) -> list[datetime]:
        """Five past the hours in which people work, every day of three years."""
        first = self._until.astimezone(_ZONE).replace(hour=0, minute=5, second=0, microsecond=0) - timedelta(days=_DAYS + 2)
        return [(first + timedelta(days=day, hours=hour)).astimezone(UTC) for day in range(_DAYS) for hour in range(8, 18)]

    def __iter__(self) -> Iterator[Spec]:
        chance, sequence = self._chance, 500_000
        names = list(STORIES)
        shares = [share for share, _ in STORIES.values()]
        for start in self.starts:
            sequence += 1
            jitter = timedelta(microseconds=chance.randrange(580_000_000))
            lon, lat = ground.point(chance)
            begin = chance.randrange(19_900)
            yield Spec(
                id=_uuid(chance, start + jitter), number=f"{ground.COUNTY}-{start.astimezone(_ZONE).year}-{sequence:07d}",
                story=chance.choices(names, shares)[0], class_code=chance.choices(self._classes, self._weights)[0],
                text=self._text[begin:begin + 60], lon=lon, lat=lat, start=start, jitter=jitter)


def _uuid(chance: random.Random, at: datetime) -> UUID:
    stamp = int(at.timestamp() * 1000)
    return UUID(int=(stamp << 80) | (0x7 << 76) | (chance.getrandbits(12) << 64) | (0b10 << 62) | chance.getrandbits(62))


class Book:
    """The stories as the commands tell them, by story and class."""

    def __init__(self, known: dict[str, Any]) -> None:
        self._people = {name: actor_of_token(each["token"]) for name, each in known["people"].items()}
        self._areas = dict(_areas())
        self._generations = generations()
        self._book = catalogue.book(self._generations)
        self._due: dict[tuple[datetime, Any, str], datetime | None] = {}
        start = datetime(2026, 11, 18, 1, 5, tzinfo=UTC)  # Wed 2026-11-18 09:05, an ordinary day
        self._templates: dict[tuple[str, str], tuple[Spec, Rows]] = {}
        for class_code in known["classes"]:
            for story in STORIES:
                lon, lat = ground.WEST + 0.0001, ground.SOUTH + 0.0001
                case_id = UUID(int=0x0193 << 112 | 0x7 << 76 | 0b10 << 62 | len(self._templates))
                spec = Spec(case_id, "", story, class_code, "模板", lon, lat, start, timedelta(0))
                self._templates[story, class_code] = spec, self.told(spec)

    def told(self, spec: Spec) -> Rows:
        """The rows of one case as the commands write them; rolled back."""
        reporter = "inspector" if spec.story == "solved" else "worker"
        with transaction.atomic():
            with clock.held_at(spec.at):
                commands.report(self._people[reporter], commands.Report(
                    id=spec.id, text=spec.text, place=spec.place, lon=spec.lon, lat=spec.lat, class_code=spec.class_code))
            for minutes, login, deed in STORIES[spec.story][1]:
                with clock.held_at(spec.at + timedelta(minutes=minutes)):
                    deed(self._people[login], spec.id)
            rows = _rows_of(spec.id)
            transaction.set_rollback(True)
        numbers.forget_blocks()
        return rows

    def filled(self, spec: Spec) -> Rows:
        """The same rows copied from the template."""
        model, template = self._templates[spec.story, spec.class_code]
        shift = spec.at - model.at
        area_id, path = self._areas[_code_at(spec.lon, spec.lat)]
        subject = f"case:{spec.id}"
        placed = {"area_path": path}
        case = {**template["case"][0], **placed, "id": spec.id, "number": spec.number, "text": spec.text, "place": spec.place,
                "lon": spec.lon, "lat": spec.lat, "cell": places.cell(spec.lon, spec.lat), "area_then_id": area_id,
                "area_now_id": area_id}
        for name in _TIMES:
            if case[name] is not None:
                case[name] += shift
        case["due_at"] = self._due_of(case, case["state_at"], spec)
        steps = []
        for old in template["step"]:
            step = {**old, "case_id": spec.id, "began_at": old["began_at"] + shift, "ended_at": old["ended_at"] + shift}
            step["due_at"] = self._due_of(step, step["began_at"], spec)
            steps.append(step)
        entries = _chained(template["entry"], subject, path, shift, area_id, spec.number,
                           [*(step["due_at"] for step in steps), case["due_at"]])
        items = [{**old, **placed, "subject": subject, "since": old["since"] + shift, "due_at": case["due_at"]}
                 for old in template["item"]]
        heads = [{"subject": subject, "number": len(entries), "hash": entries[-1]["hash"]}]
        return {"case": [case], "step": steps, "entry": entries, "head": heads, "item": items}

    def _due_of(self, row: dict[str, Any], start: datetime, spec: Spec) -> datetime | None:
        """When the limit of a stay is up; worked out once per minute and limit, where seconds make no difference."""
        if row["limit_value"] is None:
            return None
        key = (start - spec.jitter, row["limit_value"], row["limit_unit"])
        if key not in self._due:
            first, last = self._reckoned(*key), self._reckoned(key[0] + _WIDEST, *key[1:])
            self._due[key] = first if last - first == _WIDEST else None
        found = self._due[key]
        return found + spec.jitter if found is not None else self._reckoned(start, *key[1:])

    def _reckoned(self, start: datetime, value: Any, unit: str) -> datetime:
        found = clocks.due(start, clocks.Limit(value, clocks.Unit(unit)), timing.calendar_in_force(self._generations)).at
        assert found is not None
        return found


_WIDEST = timedelta(seconds=580)
_TIMES = ("reported_at", "filed_at", "dispatched_at", "fed_back_at", "ended_at", "state_at", "signed_at")


def _chained(template: list[dict[str, Any]], subject: str, path: str, shift: timedelta, area_id: int,
             number: str, dues: list[datetime | None]) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    previous = chain.GENESIS
    for old in template:
        data = old["data"]
        if old["number"] == 1:
            told = orjson.loads(data) | {"area": area_id, "number": number}
            data = orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
        elif '"before"' in data:
            told = orjson.loads(data)
            told["before"] = _moved(told["before"], shift, dues)
            data = orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
        elif '"until"' in data:  # the day on which a suspension ends
            told = orjson.loads(data)
            data = orjson.dumps(told | {"until": _day_moved(told["until"], old["at"], shift)}, option=orjson.OPT_SORT_KEYS).decode()
        at = old["at"] + shift
        digest = chain.link_hash(chain.Link(
            subject, old["number"], old["verb"], str(old["actor"]), old["via"], at, path, data, previous))
        entries.append({**old, "subject": subject, "at": at, "area_path": path, "data": data, "previous": previous,
                        "hash": digest})
        previous = digest
    return entries


def _moved(before: dict[str, Any], shift: timedelta, dues: list[datetime | None]) -> dict[str, Any]:
    """What the changed columns held before a step, as the case is moved. `dues`: of its stays in their order.

    Two stays may be due at the same instant, the next morning for instance: then that column did not change.
    """
    moved = {name: (datetime.fromisoformat(value) + shift).isoformat() if name.endswith("_at") and value else value
             for name, value in before.items()}
    if "step" in moved:
        was, now = dues[moved["step"] - 1:moved["step"] + 1]
        moved.pop("due_at", None)
        if was != now:
            moved["due_at"] = was and was.isoformat()
    return moved


def _day_moved(day: str, at: datetime, shift: timedelta) -> str:
    """As many days after its entry as before."""
    far = date.fromisoformat(day) - at.astimezone(_ZONE).date()
    return ((at + shift).astimezone(_ZONE).date() + far).isoformat()


def _rows_of(case_id: UUID) -> Rows:
    """What stands of a case, without the numbers that the database gives."""
    subject = f"case:{case_id}"
    return {
        "case": list(Case.objects.filter(id=case_id).values()),
        "step": _without_id(Step.objects.filter(case_id=case_id).order_by("number").values()),
        "entry": _without_id(Entry.objects.filter(subject=subject).order_by("number").values()),
        "head": list(Head.objects.filter(subject=subject).values()),
        "item": list(Item.objects.filter(subject=subject).values()),
    }


def _without_id(rows: Any) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def copies(entries: list[dict[str, Any]], positions: list[int]) -> Iterator[dict[str, Any]]:
    """What the reader `cases.copies` leaves of these entries."""
    for entry, position in zip(entries, positions, strict=True):
        action = _VERB_COPIED.get(entry["verb"])
        if action:
            yield {"entry_position": position, "case_id": UUID(entry["subject"][5:]), "action": action, "at": entry["at"]}


def _areas() -> Iterator[tuple[str, tuple[int, str]]]:
    from jingwei.grids.models import Area

    for code, area_id, path in Area.objects.filter(kind="unit").values_list("code", "id", "path"):
        yield code, (area_id, path)


def _code_at(lon: float, lat: float) -> str:
    return ground.unit_code(int((lon - ground.WEST) / ground.STEP_LON), int((lat - ground.SOUTH) / ground.STEP_LAT))


