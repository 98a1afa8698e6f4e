"""`python -m tests.journeys.centre.worker PLAN`: one process of people that drives its cases to where they end."""

import io
import json
import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from jingwei.kernel.ids import new_id
from tests.journeys.centre.cast import OUTSIDERS, PEOPLE, Person
from tests.journeys.centre.desk import Asked, Desk
from tests.journeys.centre.walk import REASONS, actions_in, body_of, path_of, wish

ENDED = ("closed", "refused", "void")
MOST_STEPS = 80


@dataclass
class Walked:
    """Where one case stands with us."""

    id: str
    state: str
    leave_at: str = ""  # an open state in which the shift ends for it
    steps: int = 0
    again: bool = False  # it was reopened once
    asked: str = ""


@dataclass
class People:
    desk: Desk
    rng: random.Random
    places: list[tuple[float, float]]
    classes: list[str]
    conditions: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(2)

    def drive(self, case: Walked) -> None:
        """Until it has ended, is left open on purpose, or nobody here can go on with it."""
        idle = 0
        while case.steps < MOST_STEPS and idle < 60:
            if case.steps > 3 and case.state == case.leave_at:
                return
            if case.state in ENDED and (case.again or case.state == "void" or self.rng.random() > 0.12):
                return
            idle = 0 if self._step(case) else idle + 1

    def _step(self, case: Walked) -> bool:
        """One person looks at the case and presses a button, perhaps together with somebody else."""
        actions = actions_in(case.state)
        action = wish(self.rng, actions, case.steps, case.asked)
        person = self.rng.choice([who for who in PEOPLE if set(who.roles) & set(actions[action])])
        shown = self.desk.read(person.login, f"/api/cases/{case.id}")
        if shown is None:
            return False
        case.state, case.asked = shown["case"]["state"], shown["case"]["asked"]
        if not actions_in(case.state):
            return True
        buttons = [each["action"] for each in shown["actions"]]
        if self.rng.random() < 0.04:
            self._try_as_outsider(case, shown)
        if case.state == "checked" and "close" not in buttons and person.login.startswith("both"):
            self.attempt(person, "close", case, shown)
        if action not in buttons:
            return False
        answers = self._together(person, action, case, shown) if self.rng.random() < 0.2 else [
            self.attempt(person, action, case, shown)]
        for asked in answers:
            if asked.status == 200:
                case.state = asked.answer["state"]
                case.steps += 1
                case.again |= action == "reopen"
                return True
        return False

    def attempt(self, person: Person, action: str, case: Walked, shown: Any, **race: Any) -> Asked:
        body = race.pop("body") if "body" in race else self.body(person, action, shown["case"])
        seen = race.pop("seen") if "seen" in race else self._seen(shown)
        asked = self.desk.act(person.login, action, case.id, path_of(case.id, action), body, seen=seen, **race)
        if asked.code == "case.no_rule":
            asked = self.desk.act(person.login, action, case.id, path_of(case.id, action), {"unit_code": "SZ"}, seen=seen)
        return asked

    def _seen(self, shown: Any) -> str:
        """Most clients say which entry they saw last; some, written by others, do not."""
        return shown["seen"] if self.rng.random() < 0.7 else ""

    def _together(self, person: Person, action: str, case: Walked, shown: Any) -> list[Asked]:
        """The same deed twice at the same moment: by two people, with two keys, or one request sent twice."""
        kind = self.rng.choice(("people", "keys", "repeat"))
        second = person
        if kind == "people":
            others = [who for who in PEOPLE if who != person and set(who.roles) & set(person.roles)]
            second = self.rng.choice(others)
        name = f"{kind}:{uuid4()}"
        start, key = threading.Barrier(2), str(uuid4()) if kind == "repeat" else ""
        body = self.body(person, action, shown["case"])
        same = {"body": body, "race": name, "start": start, "key": key, "seen": self._seen(shown)}
        if kind == "people" and "files" in body:
            same_second = {**same, "body": {name: value for name, value in body.items() if name != "files"}}
        else:
            same_second = same
        first = self.pool.submit(self.attempt, person, action, case, shown, **same)
        other = self.pool.submit(self.attempt, second, action, case, shown, **same_second)
        return [first.result(), other.result()]

    def _try_as_outsider(self, case: Walked, shown: Any) -> None:
        """Somebody of another district, or without a post here: must be turned away."""
        who = self.rng.choice(OUTSIDERS)
        action = self.rng.choice(sorted(actions_in(case.state)))
        body = body_of(self.rng, action, shown["case"])
        asked = self.desk.act(who.login, action, case.id, path_of(case.id, action), body)
        wanted = (404,) if who.login == "neighbour" else (403, 404, 409)
        if asked.status not in wanted:
            self.desk.faults.append(f"{who.login} was answered {asked.status} to {action}")
        seen = self.desk.read("neighbour", f"/api/cases/{case.id}")
        if seen is not None:
            self.desk.faults.append(f"neighbour sees {case.id}")

    def body(self, person: Person, action: str, case: dict[str, Any]) -> dict[str, Any]:
        body = body_of(self.rng, action, case)
        if action == "file":
            code = case["class_code"]
            if not code:
                code = body["class_code"] = self.rng.choice(self.classes)
            known = self._conditions(person, code)
            if len(known) > 1:
                body["condition_id"] = self.rng.choice(known)
        share = {"feed_back": 0.3, "check_pass": 0.15, "solve": 0.5}.get(action, 0)
        if self.rng.random() < share and (sent := self.desk.upload(person.login, self.photo())):
            body["files"] = [sent]
        return body

    def _conditions(self, person: Person, code: str) -> list[int]:
        if code and code not in self.conditions:
            shown = self.desk.read(person.login, f"/api/classes/{code}")
            self.conditions[code] = [each["id"] for each in shown["conditions"]]
        return self.conditions.get(code, [])

    def photo(self) -> bytes:
        from PIL import Image

        out = io.BytesIO()
        Image.new("RGB", (64, 48), tuple(self.rng.randrange(256) for _ in range(3))).save(out, "JPEG")
        return out.getvalue()

    def report(self) -> Walked:
        """A grid worker finds something where something was found before."""
        lon, lat = self.rng.choice(self.places)
        person = self.rng.choice([who for who in PEOPLE if "supervisor" in who.roles])
        body = {"id": str(new_id()), "text": f"巡查发现：{self.rng.choice(REASONS)}", "lon": lon, "lat": lat, "place": "路口",
                "class_code": self.rng.choice(("", *self.classes))}
        if self.rng.random() < 0.3 and (sent := self.desk.upload(person.login, self.photo())):
            body["files"] = [sent]
        if self.rng.random() < 0.3:
            start, key = threading.Barrier(2), str(uuid4())
            both = [self.pool.submit(self.desk.act, person.login, "report", body["id"], "/api/cases", body, key=key,
                                     race=f"repeat:{key}", start=start) for _ in range(2)]
            answered = both[0].result(), both[1].result()
            return Walked(str(body["id"]), answered[0].answer["state"] if answered[0].answer else "")
        asked = self.desk.act(person.login, "report", str(body["id"]), "/api/cases", body)
        return Walked(str(body["id"]), asked.answer["state"] if asked.answer else "")


def main(plan: str) -> None:
    told = json.loads(Path(plan).read_text("utf-8"))
    desk = Desk(told["base"], told["tokens"])
    people = People(desk, random.Random(told["seed"]), [tuple(place) for place in told["places"]],
                    told["classes"])
    for number, (case_id, leave_at) in enumerate(told["cases"]):
        people.drive(Walked(case_id, "reported", leave_at))
        if number % told["report_every"] == 0:
            reported = people.report()
            if reported.state:
                people.drive(reported)
            else:
                desk.faults.append(f"a report was not taken: {desk.done[-1]}")
    desk.keep(Path(told["out"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
