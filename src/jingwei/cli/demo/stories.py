"""What happened to some 150 cases in the last forty days: steps with date, person and words, to be played again.

Pure and seeded. The words of the vocabulary, and what each brings, stand in `plots.Act`.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np

from jingwei.cli.demo.district import District, UnitGrid
from jingwei.cli.demo.hours import DAY, LOCAL, Hours
from jingwei.cli.demo.kinds import TALES, Tale
from jingwei.cli.demo.people import People
from jingwei.cli.demo.places import Places
from jingwei.cli.demo.plots import ENDED, OPEN, PLOTS, Act, Beat, Wanted
from jingwei.cli.demo.rules import TOWN, responsible_unit
from jingwei.cli.demo.scenes import REASONS, SCENES, Scene

CITY = "990101001"      # the street whose cases take the city's flow; those of the town take the township's
DAYS = 40               # how far back the stories reach
_CHANNELS = (("hotline", 0.45), ("portal", 0.4), ("letter", 0.15))
_HEAD = "CGJ"           # a bureau with stations below it


@dataclass(frozen=True, slots=True)
class Step:
    """One act. `at`: aware, UTC. `who`: login. `args`: as `plots.Act` tells."""

    at: datetime
    who: str
    action: Act
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """One case. `key`: S001 …, oldest report first. `profile`: city | township | a kind of event. `plot`: key of `plots.PLOTS`.

    `open`: its last step leaves it waiting for somebody. `late`: it waits, or was handled, past its limit.
    `like`: the key of a story that tells of the same thing, '' for most.
    """

    key: str
    profile: str
    plot: str
    unit_grid: str
    class_code: str
    open: bool
    late: bool
    steps: tuple[Step, ...]
    like: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    """What a story is about, before it has dates."""

    scene: Scene
    grid: str
    place: str
    lon: float
    lat: float
    unit: str           # that answers for the class here, '' where no rule names one
    variant: int        # which of the scene's wordings
    logins: Mapping[str, str]


def make_stories(district: District, people: People, seed: int, now: datetime, closed: Set[date] = frozenset(),
                 open_days: Set[date] = frozenset()) -> list[Story]:
    """The cases as they stand at `now` (aware): about 150, of which some 45 are open.

    `closed`: weekdays that are holidays; `open_days`: weekend days that are workdays. Every step lies before `now`,
    in working hours but for what the public reports.
    """
    rng = np.random.default_rng([seed, 3])
    author = _Author(district, people, rng, now, Hours(closed, open_days))
    stories = [author.write(wanted) for wanted in (*OPEN, *ENDED) for _ in range(wanted.times)]
    stories += author.told_again(stories)
    stories += [author.tell(tale) for tale in TALES]
    stories.sort(key=lambda story: (story.steps[0].at, story.unit_grid))
    keys = {story.key: f"S{number:03d}" for number, story in enumerate(stories, 1)}
    return [replace(story, key=keys[story.key], like=keys.get(story.like, "")) for story in stories]


class _Author:
    """Casts and dates the plots. One per set of stories; what it draws depends on the order of the calls."""

    def __init__(self, district: District, people: People, rng: np.random.Generator, now: datetime, hours: Hours) -> None:
        self.places = Places(district)
        self.people = people
        self.rng = rng
        self.now = now
        self.hours = hours
        self.written = 0
        self.workers = _workers(district, people)
        self.posts = {role: people.holding(role) for role in ("acceptor", "shift_leader", "dispatcher", "county_officer")}
        self.scenes: dict[str, list[Scene]] = {}

    def write(self, wanted: Wanted) -> Story:
        beats = PLOTS[wanted.plot]
        beats = beats if wanted.after < 0 else beats[: wanted.after + 1]
        township = wanted.plot.startswith("t_")
        case = self._case(self._scene(wanted, beats), TOWN if township else CITY)
        waits = [self._wait(beat, case) for beat in beats]
        steps = self._dated(beats, waits, case, self._last(wanted, beats, case))
        while not wanted.age and steps[0].at < self.now - timedelta(days=DAYS):
            steps = self._dated(beats, waits, case, self._last(wanted, beats, case))
        self.written += 1
        late = wanted.age == "late" or any(beat.wait == "late" for beat in beats)
        return Story(f"raw{self.written}", "township" if township else "city", wanted.plot, case.grid,
                     case.scene.condition.class_code, bool(wanted.age), late, steps)

    def told_again(self, stories: list[Story]) -> list[Story]:
        """Three fresh public reports of things that are being handled already: duplicates to be found by the desk."""
        known = [story for story in stories if story.open and story.profile == "city" and len(story.steps) in (4, 5)]
        again = []
        for index in self.rng.permutation(len(known))[:3]:
            story = known[int(index)]
            told = story.steps[0].args
            text = f"{told['text'].rstrip('。')}，请尽快处理。"
            args = {**told, **self._public(), "text": text, "class_code": ""}
            at = max(self.now - timedelta(minutes=float(self.rng.uniform(2, 13))), story.steps[-1].at)
            self.written += 1
            step = Step(_second(at), self._one("acceptor"), Act.REPORT, MappingProxyType(args))
            again.append(Story(f"raw{self.written}", "city", "called", story.unit_grid, "", True, False, (step,), story.key))
        return again

    def tell(self, tale: Tale) -> Story:
        """A case of a kind of event, in the town."""
        grid, lon, lat, place = self.places.somewhere(tale.where, TOWN, self.rng)
        logins = self._logins(grid, tale.unit)
        steps = []
        for moment in tale.moments:
            args: dict[str, Any] = {"reason" if moment.act in {Act.OBJECT, Act.REFUSE} else "text": moment.said}
            if moment.act is Act.REPORT:
                args |= {"place": place, "lon": lon, "lat": lat, "channel": "supervisor", "class_code": "",
                         "contact_name": "", "contact_phone": "", "kind": tale.kind}
            if moment.act is Act.DISPATCH:
                args = {"unit": tale.unit}
            at = self.hours.earlier(self.now, moment.hours * 60)
            steps.append(Step(_second(at), logins[moment.role], moment.act, MappingProxyType(args)))
        self.written += 1
        return Story(f"raw{self.written}", tale.kind, tale.kind, grid.code, "", tale.open, False, tuple(steps))

    def _scene(self, wanted: Wanted, beats: tuple[Beat, ...]) -> Scene:
        """Each kind of story goes through the fitting scenes before it uses one again."""
        plot = wanted.plot
        pile = self.scenes.setdefault(plot, [])
        fitting = [scene for scene in pile if _suits(scene, plot, wanted, beats)]
        if not fitting:
            pile += [SCENES[index] for index in self.rng.permutation(len(SCENES))]
            fitting = [scene for scene in pile if _suits(scene, plot, wanted, beats)]
        pile.remove(fitting[0])
        return fitting[0]

    def _case(self, scene: Scene, area: str) -> _Case:
        grid, lon, lat, place = self.places.somewhere(scene.where, area, self.rng)
        unit = responsible_unit(scene.code, grid.code)
        logins = self._logins(grid, unit)
        return _Case(scene, grid.code, place, lon, lat, unit, int(self.rng.integers(6)), logins)

    def _logins(self, grid: UnitGrid, unit: str) -> Mapping[str, str]:
        return MappingProxyType({
            "worker": self.workers[grid.code], "acceptor": self._one("acceptor"), "shift": self._one("shift_leader"),
            "dispatcher": self._one("dispatcher"), "county": self._one("county_officer"),
            "handler": self._handler(unit) if unit else "", "head": self._handler(_HEAD),
            "wrong": self._handler(_wrong_unit(unit)),
            "community": self.people.holding("community_officer", grid.community)[0],
            "town": self.people.holding("town_officer", grid.community[:9])[0],
        })

    def _one(self, role: str) -> str:
        return str(self.rng.choice(self.posts[role]))

    def _handler(self, unit: str) -> str:
        return str(self.rng.choice(self.people.holding("handler", unit=unit)))

    def _wait(self, beat: Beat, case: _Case) -> float:
        """Working minutes before a beat."""
        limit = 5 * DAY if beat.role != "community" and case.grid.startswith(TOWN) else (
            3 * DAY if beat.role == "community" else case.scene.condition.minutes)
        low, high = {
            "none": (0, 0), "desk": (2, 13), "spot": (11, 28), "sign": (4, min(45, 0.15 * limit)), "work": (0.3 * limit, 0.75 * limit),
            "part": (0.15 * limit, 0.4 * limit), "late": (1.1 * limit, 1.9 * limit), "days": (DAY, 3 * DAY),
            "weeks": (4 * DAY, 8 * DAY),
        }[beat.wait]
        if beat.wait == "part" and beat.role in {"town", "worker"}:
            low, high = 30, 0.7 * DAY
        return float(self.rng.uniform(low, max(low, high)))

    def _last(self, wanted: Wanted, beats: tuple[Beat, ...], case: _Case) -> datetime:
        """When the last beat happened: so long ago as the age asks, or, for ended cases, some day of the forty."""
        if not wanted.age:
            return self.hours.earlier(self.now, float(self.rng.uniform(20, DAYS * 0.68 * DAY)))
        low, high = {"fresh": (0.1, 0.6), "soon": (0.8, 0.95), "late": (1.3, 2.4), "days": (0, 0)}[wanted.age]
        ago = float(self.rng.uniform(low, high)) * _running_limit(beats, case)
        if wanted.age == "days":
            ago = float(self.rng.uniform(1, 5)) * DAY
        return self.hours.earlier(self.now, ago)

    def _dated(self, beats: tuple[Beat, ...], waits: list[float], case: _Case, last: datetime) -> tuple[Step, ...]:
        times = [last]
        for wait in reversed(waits[1:]):
            times.append(self.hours.earlier(times[-1], wait))
        times.reverse()
        public = beats[0].role == "acceptor"
        if public and len(beats) > 2 and self.rng.random() < 0.15:
            times[0] = self._at_home(times[0])
        return tuple(
            Step(_second(at), case.logins[beat.role], beat.act, MappingProxyType(self._args(beat, case, public)))
            for at, beat in zip(times, beats, strict=True)
        )

    def _at_home(self, instant: datetime) -> datetime:
        """The evening before: the public does not keep office hours."""
        day = instant.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
        return (day + timedelta(hours=float(self.rng.uniform(18.5, 22.5)))).astimezone(UTC)

    def _public(self) -> dict[str, Any]:
        channel = str(self.rng.choice([name for name, _ in _CHANNELS], p=[share for _, share in _CHANNELS]))
        number = int(self.rng.integers(1, 10_000))
        return {"channel": channel, "contact_name": "示例居民", "contact_phone": f"000-0000-{number:04d}"}

    def _args(self, beat: Beat, case: _Case, public: bool) -> dict[str, Any]:
        scene = case.scene
        done = scene.done[case.variant % len(scene.done)]
        asked: dict[Act, Callable[[], dict[str, Any]]] = {
            Act.REPORT: lambda: {
                "text": scene.seen[case.variant % len(scene.seen)], "place": case.place, "lon": case.lon, "lat": case.lat,
                **(self._public() if public else {"channel": "supervisor", "contact_name": "", "contact_phone": ""}),
                "class_code": "" if public else scene.condition.class_code},
            Act.ASK_VERIFY: lambda: {"person": case.logins["worker"]},
            Act.CONFIRM: lambda: {"person": case.logins["worker"]},
            Act.FILE: lambda: {"class_code": scene.condition.class_code, "condition": scene.condition.filing},
            Act.DISPATCH: lambda: {"unit": {"wrong": _wrong_unit(case.unit), "head": _HEAD}.get(beat.reason, case.unit)},
            Act.SOLVE: lambda: {"text": done},
            Act.FEED_BACK: lambda: {"text": self._said(REASONS["county_done"]) if beat.role == "county" else done},
        }
        if beat.act in asked:
            return asked[beat.act]()
        args: dict[str, Any] = {"reason": self._said(REASONS[beat.reason])} if beat.reason else {}
        if beat.act in {Act.ASK_EXTENSION, Act.EXTEND}:
            args |= {"value": "2", "limit_unit": "work_day"}
        if beat.act is Act.HAND_ON and beat.role == "head":
            args["unit"] = case.unit
        return args

    def _said(self, choices: tuple[str, ...]) -> str:
        return str(self.rng.choice(choices))


def _workers(district: District, people: People) -> dict[str, str]:
    """unit grid → who goes there: the main of its responsibility grid, else the deputy, else the reserve."""
    posts = {"main": 0, "deputy": 1}
    standing: dict[str, str] = {}
    for posting in sorted(people.postings, key=lambda p: posts[p.post], reverse=True):
        if posting.until is None:
            standing[posting.grid] = posting.login
    reserve = {area: people.holding("supervisor", area)[0] for area in (CITY, TOWN)}
    return {unit: standing.get(grid.code, reserve[grid.community[:9]])
            for grid in district.responsibility_grids for unit in grid.units}


def _wrong_unit(unit: str) -> str:
    """A unit that a dispatcher in a hurry may take for the right one."""
    return {"SWGS": "CGJ-SZ", "GDGS": "CGJ-SZ", "CGJ-SZ": "ZJJ", "CGJ-ZF": "PCS"}.get(unit, "CGJ-ZF")


def _suits(scene: Scene, plot: str, wanted: Wanted, beats: tuple[Beat, ...]) -> bool:
    code, condition = scene.code, scene.condition
    unanswered = responsible_unit(code, CITY) == ""
    if plot == "no_rule" or unanswered:
        return unanswered and plot == "no_rule"
    if plot in {"solved", "t_solved", "t_community"}:
        return scene.where in {"housing", "street"} and condition.minutes <= DAY and code >= "06" and code[:2] != "08"
    if plot == "handed_on":
        return responsible_unit(code, CITY).startswith(f"{_HEAD}-")
    if plot in {"extended", "suspended", "declined"}:
        return condition.minutes >= 2 * DAY and not condition.unit.startswith("urgent")
    if any(beat.wait == "late" for beat in beats) or wanted.age in {"late", "soon"}:
        return DAY // 4 <= condition.minutes <= 3 * DAY and condition.unit.startswith("work")
    # What takes longest would fill the forty days by itself.
    return condition.minutes <= 5 * DAY


def _running_limit(beats: tuple[Beat, ...], case: _Case) -> float:
    """Working minutes of the limit that runs after the last beat."""
    township, last = case.grid.startswith(TOWN), beats[-1].act
    if last in {Act.SIGN, Act.ASK_EXTENSION, Act.EXTEND, Act.ASK_SUSPENSION, Act.REWORK, Act.DISPATCH}:
        return 5 * DAY if township else 0.7 * case.scene.condition.minutes
    if township:
        return {Act.ACCEPT: 3.0 * DAY, Act.FEED_BACK: 60.0}.get(last, float(DAY))
    return 30.0 if last in {Act.ASK_VERIFY, Act.CONFIRM} else 15.0


def _second(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
