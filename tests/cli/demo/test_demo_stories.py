"""The cases of the demonstration: every one can be played on the real workflow, and together they look like a week."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import shapely

from jingwei.cases import workflow
from jingwei.cases.kinds import KINDS
from jingwei.cases.shipped import flows
from jingwei.cli.demo.district import District
from jingwei.cli.demo.hours import LOCAL, Hours
from jingwei.cli.demo.people import People
from jingwei.cli.demo.plots import Act
from jingwei.cli.demo.rules import CONDITIONS
from jingwei.cli.demo.stories import Story, make_stories
from tests.cli.demo.conftest import NOW

PROFILES = ("city", "township", *KINDS)
DESK = {"accept", "file", "command", "close", "verify", "check"}


class Replay:
    """Plays a story on the workflow's table, step by step, as the cases room would."""

    def __init__(self, story: Story, district: District, people: People) -> None:
        self.story = story
        self.state, self.unit, self.asked, self.level = "", "", "", ""
        self.verified = self.checked = False
        self.duties: dict[str, set[str]] = {}
        self.posts = {member.login: member for member in people.members}
        self.parents = {unit.code: unit.parent for unit in people.units}
        grid = next(g for g in district.responsibility_grids if story.unit_grid in g.units)
        self.above = {story.unit_grid, grid.code, grid.community, grid.community[:9], grid.community[:6]}
        for step in story.steps:
            self.take(step.who, step.action, dict(step.args))

    def lineage(self, unit: str) -> set[str]:
        return {unit} | (self.lineage(self.parents[unit]) if unit else set())

    def roles(self, who: str) -> set[str]:
        return {a.role for a in self.posts[who].appointments
                if a.area in self.above and (not a.unit or (self.unit and a.unit in self.lineage(self.unit)))}

    def facts(self, who: str, channel: str) -> set[str]:
        truths = {
            "verified_if_public": channel not in flows()[self.story.profile].verify_first or self.verified,
            "check_passed": self.checked, "extension_asked_or_given": self.asked in ("", "extension"),
            "suspension_asked_or_given": self.asked in ("", "suspension"), "something_asked": bool(self.asked),
            "nothing_asked": not self.asked, "publicity_over": True, "own_report": who == self.story.steps[0].who,
            "handled_by_community": self.level == "community", "held_by_unit": bool(self.unit),
            "filed_before": not self.duties.get("solve"),
        }
        return {name for name, holds in truths.items() if holds}

    def take(self, who: str, action: str, args: dict[str, object]) -> None:
        channel = str(self.story.steps[0].args["channel"])
        held = {duty for duty, doers in self.duties.items() if who in doers}
        answer, row = flows()[self.story.profile].decide(self.state, action, self.roles(who), duties=held,
                                                         facts=self.facts(who, channel))
        assert answer == "yes", (self.story.key, self.story.plot, self.state, action, who, answer, row)
        for ask in row.asks:
            given = {"class": "class_code", "limit": "value"}.get(ask, ask)
            assert args.get(given), (self.story.key, action, ask)
        self.duties.setdefault(row.duty, set()).add(who)
        self.verified |= action == "verify_true"
        self.checked = action == "check_pass" or (self.checked and row.to in {"checked", "closed"})
        self.asked = {"ask_extension": "extension", "ask_suspension": "suspension"}.get(action, "")
        if action == "accept":
            self.unit, self.level = self.posts[who].unit, "community"
        if "unit" in args:
            assert args["unit"] in self.parents
            self.unit, self.level = str(args["unit"]), "town"
        if row.to in {"filed", "reported", "passed_up"}:
            self.unit = ""
        self.state = row.to


def test_the_vocabulary_is_that_of_the_workflow() -> None:
    assert {act.value for act in Act} == {row.action for code in PROFILES for row in flows()[code].rows}


def test_every_story_can_be_played_by_the_people_it_names(
    stories: list[Story], district: District, people: People
) -> None:
    """STF-14, AT-09: posts, separation of duties and what each step asks for, by the table itself."""
    for story in stories:
        state = Replay(story, district, people).state
        assert (workflow.STATES[state][1] == "ended") == (not story.open), story.key


def test_the_queue_today_shows_cases_in_every_state(stories: list[Story], district: District, people: People) -> None:
    waiting = Counter(Replay(story, district, people).state for story in stories)
    assert set(waiting) == {row.to for code in PROFILES for row in flows()[code].rows}
    assert 140 <= len(stories) <= 170
    assert 38 <= sum(story.open for story in stories) <= 55
    assert waiting["handling"] > waiting["suspended"] > 1


def test_every_action_is_taken_somewhere(stories: list[Story]) -> None:
    assert {step.action for story in stories for step in story.steps} == set(Act)


def test_steps_follow_each_other_within_forty_days(stories: list[Story]) -> None:
    assert stories[0].steps[0].at >= NOW - timedelta(days=41)
    for story in stories:
        assert all(one.at <= other.at for one, other in pairwise(story.steps)), story.key
        assert story.steps[-1].at < NOW
        assert all(step.at.tzinfo is UTC for step in story.steps)
    assert [story.key for story in stories] == [f"S{number:03d}" for number in range(1, len(stories) + 1)]
    assert all(one.steps[0].at <= other.steps[0].at for one, other in pairwise(stories))


def test_staff_keep_office_hours_and_the_public_does_not(stories: list[Story]) -> None:
    hours = Hours()
    public = [story.steps[0] for story in stories if story.steps[0].args["channel"] != "supervisor"]
    assert any(not hours.working(step.at) for step in public)
    for story in stories:
        own = story.steps if story.steps[0].args["channel"] == "supervisor" else story.steps[1:]
        assert all(hours.working(step.at) for step in own), story.key


def test_what_the_public_says_is_verified_before_it_is_filed(stories: list[Story]) -> None:
    public = [story for story in stories if story.steps[0].args["channel"] in flows()["city"].verify_first]
    assert len(public) > 25
    for story in public:
        acts = [step.action for step in story.steps]
        assert Act.FILE not in acts or acts.index(Act.VERIFY_TRUE) < acts.index(Act.FILE)
        assert story.steps[0].args["contact_phone"].startswith("000-")
        assert not story.steps[0].args["class_code"]


def test_points_lie_in_the_named_unit_grid_and_places_name_streets(stories: list[Story], district: District) -> None:
    units = {unit.code: unit.geometry for unit in district.unit_grids}
    names = {street.properties["name"] for street in district.streets}
    for story in stories:
        told = story.steps[0].args
        assert shapely.contains_xy(units[story.unit_grid], told["lon"], told["lat"]), story.key
        assert any(name in told["place"] for name in names), told["place"]
    assert any("路口" in story.steps[0].args["place"] for story in stories)


def test_the_profile_is_that_of_the_place(stories: list[Story]) -> None:
    profiles = {(story.unit_grid[:9], story.profile) for story in stories}
    assert profiles == {("990101001", "city"), ("990101100", "township"), *(("990101100", kind) for kind in KINDS)}


def test_the_kinds_of_event_are_told_of_open_and_ended(stories: list[Story]) -> None:
    """AT-24."""
    assert {(story.profile, story.open) for story in stories if story.profile in KINDS} == {(kind, each) for kind in KINDS for each in (True, False)}
    assert all(story.steps[0].args["kind"] == story.profile for story in stories if story.profile in KINDS)


def test_filing_names_a_condition_of_its_class(stories: list[Story]) -> None:
    known = {(condition.class_code, condition.filing) for condition in CONDITIONS}
    filed = [step.args for story in stories for step in story.steps if step.action is Act.FILE]
    assert filed
    assert all((args["class_code"], args["condition"]) in known for args in filed)


def test_some_are_late_some_went_to_the_wrong_unit_and_two_have_no_unit(stories: list[Story]) -> None:
    assert sum(story.late and story.open for story in stories) >= 5
    assert sum(story.late and not story.open for story in stories) >= 5
    for story in stories:
        if story.plot == "wrong_unit" and len(story.steps) > 4:
            wrong, right = (step.args["unit"] for step in story.steps if step.action is Act.DISPATCH)
            assert wrong != right
    stuck = [story for story in stories if story.plot == "no_rule"]
    assert len(stuck) == 2
    assert {story.class_code[-5:] for story in stuck} <= {"01027", "10002"}


def test_handling_past_its_limit_took_longer_than_the_limit(stories: list[Story]) -> None:
    minutes = {condition.class_code: condition.minutes for condition in CONDITIONS if condition.unit.startswith("work")}
    for story in stories:
        if story.plot == "found_late":
            begun = next(step.at for step in story.steps if step.action is Act.DISPATCH)
            done = next(step.at for step in story.steps if step.action is Act.FEED_BACK)
            assert Hours().earlier(done, minutes[story.class_code]) > begun


def test_some_public_reports_tell_of_a_thing_already_in_hand(stories: list[Story]) -> None:
    by_key = {story.key: story for story in stories}
    again = [story for story in stories if story.like]
    assert len(again) == 3
    for story in again:
        first = by_key[story.like]
        assert first.open
        assert first.unit_grid == story.unit_grid
        assert first.steps[0].at <= story.steps[0].at


@pytest.mark.parametrize(("now", "gloss"), [
    (datetime(2026, 11, 22, 19, 30, tzinfo=UTC), "Monday, half past three at night"),
    (datetime(2026, 11, 21, 6, 0, tzinfo=UTC), "Saturday afternoon"),
    (datetime(2026, 11, 23, 0, 1, tzinfo=UTC), "Monday, a minute after opening"),
    (datetime(2026, 11, 20, 4, 30, tzinfo=UTC), "lunch"),
    (datetime(2027, 1, 1, 4, 0, tzinfo=UTC), "New Year"),
])
def test_any_hour_will_do_to_start_the_demonstration(
    now: datetime, gloss: str, district: District, people: People
) -> None:
    for story in make_stories(district, people, 4, now):
        assert story.steps[-1].at <= now, gloss
        assert story.steps[0].at >= now - timedelta(days=41), gloss
        Replay(story, district, people)


def test_nobody_works_on_a_holiday_and_all_do_on_a_make_up_day(district: District, people: People) -> None:
    closed = frozenset(date(2026, 11, day) for day in range(9, 14))
    open_days = frozenset({date(2026, 11, 7)})
    told = make_stories(district, people, 1, NOW, closed, open_days)
    days = {step.at.astimezone(LOCAL).date() for story in told for step in story.steps[1:]}
    assert not days & closed
    assert days & open_days


def test_the_same_seed_gives_the_same_stories(stories: list[Story], district: District, people: People) -> None:
    assert make_stories(district, people, 1, NOW) == stories
    assert make_stories(district, people, 2, NOW) != stories


@pytest.mark.parametrize(("instant", "minutes", "expected", "gloss"), [
    ("2026-11-20 10:30", 30, "2026-11-20 10:00", "Friday morning"),
    ("2026-11-20 14:10", 30, "2026-11-20 11:40", "over lunch"),
    ("2026-11-23 08:10", 30, "2026-11-20 17:40", "over the weekend"),
    ("2026-11-22 03:00", 0, "2026-11-20 18:00", "Sunday night: Friday's end of work"),
    ("2026-11-20 18:00", 960, "2026-11-19 08:00", "two whole days"),
])
def test_working_minutes_count_backwards(instant: str, minutes: int, expected: str, gloss: str) -> None:
    at = datetime.fromisoformat(f"{instant}:00+08:00")
    assert Hours().earlier(at, minutes) == datetime.fromisoformat(f"{expected}:00+08:00"), gloss
