"""`jingwei demo`: a whole invented district behind one command, or nothing of it."""

import json
import os
import stat
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jingwei.cases import workflow
from jingwei.cases.kinds import KINDS
from jingwei.cases.shipped import flows
from jingwei.catalogue.shipped import holidays
from jingwei.cli.demo import folder
from jingwei.cli.demo.district import District
from jingwei.cli.demo.folder import ACCOUNTS, MARKER, being_made
from jingwei.cli.demo.hours import LOCAL
from jingwei.cli.demo.people import People, make_people
from jingwei.cli.demo.rules import CONDITIONS, RULES
from jingwei.cli.demo.stories import Story, make_stories
from jingwei.kernel.errors import Refusal
from tests.cli.conftest import Jingwei
from tests.demonstration import SEED, Demonstration, demonstration
from tests.settings import DATABASE

pytestmark = pytest.mark.skipif(DATABASE != "sqlite", reason="the demonstration lives in its folder's own SQLite")


@pytest.fixture(scope="session")
def demo() -> Demonstration:
    return demonstration()


@pytest.fixture(scope="session")
def made_at(demo: Demonstration) -> datetime:
    return datetime.fromisoformat(json.loads((demo.home / "demo/demo.json").read_text())["at"])


@pytest.fixture(scope="session")
def staff(district: District, made_at: datetime) -> People:
    return make_people(district, SEED, made_at.astimezone(LOCAL).date())


@pytest.fixture(scope="session")
def told(district: District, staff: People, made_at: datetime) -> list[Story]:
    """The stories as they were when the home was made."""
    exceptions = holidays().exceptions
    off, work = ({day for day, word in exceptions.items() if word == what} for what in ("off", "work"))
    return make_stories(district, staff, SEED, made_at, off, work)


def test_everything_that_was_thought_out_is_there(demo: Demonstration, district: District, staff: People,
                                                  told: list[Story]) -> None:
    def count(table: str) -> int:
        return int(demo.ask(f"SELECT count(*) FROM {table}")[0][0])

    kinds = dict(demo.ask("SELECT kind, count(*) FROM grids_area GROUP BY kind"))
    assert kinds == {**Counter(area.level for area in district.areas), "unit": len(district.unit_grids),
                     "responsibility": len(district.responsibility_grids)}
    assert count("grids_boundary") == sum(kinds.values()) - 2, "all but province and city are drawn"
    assert count("accounts_unit") == len(staff.units)
    assert count("accounts_user") == len(staff.members)
    assert count("accounts_grant") == sum(len(member.appointments) for member in staff.members)
    assert count("grids_staffing") == len(staff.postings)
    assert count("grids_absence") == len(staff.absences)
    assert count("catalogue_condition") == len(CONDITIONS)
    assert count("catalogue_rule") == len(RULES)
    assert count("cases_case") == len(told)


def test_the_ground_was_in_force_before_the_first_case(demo: Demonstration) -> None:
    (last_plan,), = demo.ask("SELECT max(valid_from) FROM grids_plan WHERE state = 'published'")
    (first_case,), = demo.ask("SELECT min(reported_at) FROM cases_case")
    assert last_plan < first_case
    assert {state for state, in demo.ask("SELECT DISTINCT state FROM grids_plan")} == {"published"}


def test_every_step_stands_in_the_journal_by_its_person_at_its_moment(
        demo: Demonstration, told: list[Story]) -> None:
    rows = demo.ask(
        "SELECT e.subject, u.login, e.at FROM journal_entry e JOIN accounts_user u ON u.id = e.actor"
        " WHERE e.subject LIKE 'case:%' ORDER BY e.subject, e.number")
    played: dict[str, list[tuple[str, datetime]]] = {}
    for subject, login, at in rows:
        played.setdefault(subject, []).append((login, datetime.fromisoformat(at).replace(tzinfo=UTC)))
    assert sorted(played.values()) == sorted([(step.who, step.at) for step in story.steps] for story in told)


def test_positions_follow_the_instants(demo: Demonstration) -> None:
    instants = [at for at, in demo.ask(
        "SELECT e.at FROM journal_position p JOIN journal_entry e ON e.id = p.entry_id ORDER BY p.position")]
    assert len(instants) > 1000
    assert instants == sorted(instants)


def test_every_state_of_the_workflow_can_be_seen(demo: Demonstration, told: list[Story]) -> None:
    states = Counter(state for state, in demo.ask("SELECT state FROM cases_case"))
    assert set(states) == {row.to for code in ("city", "township", *KINDS) for row in flows()[code].rows}
    assert sum(number for state, number in states.items() if workflow.STATES[state][1] != "ended") == sum(
        story.open for story in told)
    profiles = dict(demo.ask("SELECT profile, count(*) FROM cases_case GROUP BY profile"))
    assert profiles == Counter(story.profile for story in told)


def test_case_numbers_have_no_holes(demo: Demonstration, told: list[Story]) -> None:
    numbers = [number for number, in demo.ask("SELECT number FROM cases_case ORDER BY reported_at, number")]
    years = Counter(number[:11] for number in numbers)
    assert sorted(numbers) == sorted(f"{year}-{each + 1:06d}" for year, count in years.items() for each in range(count))


def test_the_journal_is_sound(demo: Demonstration, jingwei: Jingwei) -> None:
    verified = jingwei("journal", "verify", home=demo.home)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_one_account_of_each_post_is_told_and_kept_for_its_owner_alone(demo: Demonstration, staff: People) -> None:
    assert len(demo.accounts) == len(set(demo.accounts.values())) == 14
    kept = demo.home / ACCOUNTS
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(demo.home.stat().st_mode) == 0o700
    assert all(login in kept.read_text("utf-8") and password in kept.read_text("utf-8")
               for login, password in demo.accounts.items())
    roles = {a.role for member in staff.members if member.login in demo.accounts for a in member.appointments}
    assert len(roles) == 14
    with_password, = demo.ask("SELECT group_concat(login) FROM accounts_user WHERE password != ''")[0]
    assert set(with_password.split(",")) == set(demo.accounts)
    for path in demo.home.rglob("*"):
        if path.is_file() and path != kept:
            assert not any(password.encode() in path.read_bytes() for password in demo.accounts.values()), path.name


def test_by_password_alone_is_for_trying_out_and_says_so(demo: Demonstration) -> None:
    assert tomllib.loads((demo.home / "settings.toml").read_text("utf-8"))["second_factor"] == "off"
    assert "演示区没有开两步验证" in demo.said


def test_who_gets_an_account_has_something_to_do(demo: Demonstration, told: list[Story]) -> None:
    waiting = {login for login, in demo.ask(
        "SELECT u.login FROM worklist_item i JOIN accounts_user u ON u.id = i.person")}
    assert waiting & set(demo.accounts), "a task waits for the grid worker by name"
    at_work = {step.who for story in told if story.open for step in story.steps}
    assert ("passed_up", 1) in demo.ask("SELECT state, count(*) FROM cases_case GROUP BY state"), "for county1"
    elsewhere = {"sysadmin", "secadmin", "auditor", "areaadmin", "leader", "evaluator", "county1"}
    assert set(demo.accounts) - elsewhere <= at_work | waiting


def test_the_map_layers_are_shown_and_lie_beside(demo: Demonstration, district: District) -> None:
    """The base map is imported from the files that lie there, as a town would import its own."""
    shown = dict(demo.ask("SELECT layer, count FROM grids_layer_version WHERE state = 'current'"))
    for name in ("streets", "water", "green", "buildings"):
        layer = json.loads((demo.home / f"demo/{name}.geojson").read_text("utf-8"))
        assert len(layer["features"]) == len(district.layers()[name]) == shown[name]
    kept = dict(demo.ask("SELECT v.layer, count(*) FROM grids_base_feature f JOIN grids_layer_version v"
                         " ON v.id = f.version_id GROUP BY v.layer"))
    assert kept == shown


def digest(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def test_again_it_changes_nothing_and_shows_no_password(demo: Demonstration, jingwei: Jingwei) -> None:
    before = digest(demo.home)
    for words in (("--no-serve",), ("--no-serve", "--seed", "1")):
        again = jingwei("demo", *words, home=demo.home)
        assert again.returncode == 0, again.stderr
        assert str(demo.home / ACCOUNTS) in again.stdout
        assert not any(password in again.stdout for password in demo.accounts.values())
    assert digest(demo.home) == before


def test_another_seed_is_not_slipped_over_it(demo: Demonstration, jingwei: Jingwei) -> None:
    refused = jingwei("demo", "--no-serve", "--seed", "2", home=demo.home)
    assert refused.returncode == 1
    assert "种子 1" in refused.stderr


def test_killed_halfway_it_had_left_a_marker_and_became_whole_when_repeated(demo: Demonstration) -> None:
    """What all the tests here look at was made in a folder where a run from another seed had been killed."""
    assert {MARKER, "jingwei.sqlite3", "keys", "demo"} <= demo.left
    assert not (demo.home / MARKER).exists()
    names = {path.name for path in demo.home.iterdir() if not path.name.startswith("jingwei.sqlite3-")}
    assert names == {"backups", "demo", "files", "index", "jingwei.sqlite3", "keys", "settings.toml", "upgrade.lock"}


def test_another_seed_is_another_district(demo: Demonstration) -> None:
    made = demo.outlines()
    assert len(demo.left_outlines) > 700
    assert set(made) & set(demo.left_outlines) == set()


def test_a_home_that_was_not_made_by_it_is_left_alone(tmp_path: Path, jingwei: Jingwei) -> None:
    (tmp_path / "settings.toml").write_text('database = "sqlite"\n')
    refused = jingwei("demo", "--no-serve", home=tmp_path)
    assert refused.returncode == 1
    assert "serve" in refused.stderr
    assert os.listdir(tmp_path) == ["settings.toml"]


@pytest.mark.parametrize("names", [["letters.txt"], [MARKER, "letters.txt"]])
def test_a_folder_with_other_things_is_left_alone(names: list[str], tmp_path: Path, jingwei: Jingwei) -> None:
    for name in names:
        (tmp_path / name).write_text("mine")
    refused = jingwei("demo", "--no-serve", home=tmp_path)
    assert refused.returncode == 1
    assert "letters.txt" in refused.stderr
    assert sorted(os.listdir(tmp_path)) == sorted(names)
    assert (tmp_path / "letters.txt").read_text() == "mine"


@pytest.mark.parametrize(("words", "database", "status", "said"), [
    (("--seed", "-1"), "", 2, "--seed"),
    (("--seed", "zwei"), "", 2, "--seed"),
    ((), "postgresql://u@h/d", 1, "JINGWEI_DATABASE"),
])
def test_it_refuses_in_words(words: tuple[str, ...], database: str, status: int, said: str, tmp_path: Path,
                             jingwei: Jingwei) -> None:
    refused = jingwei("demo", "--no-serve", *words, home=tmp_path / "home", database=database)
    assert refused.returncode == status
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "home").exists()


def test_two_do_not_make_one_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_PATIENCE", 0.0)
    with being_made(tmp_path), pytest.raises(Refusal) as refused, being_made(tmp_path):
        pass
    assert refused.value.reason.code == "demo.being_made"
    assert not (tmp_path / MARKER).exists()


def test_what_a_fault_left_is_cleared_and_the_marker_stays_until_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / MARKER).touch()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys/one").write_text("old")
    with pytest.raises(ZeroDivisionError), being_made(tmp_path):
        raise ZeroDivisionError
    assert (tmp_path / MARKER).is_file()
    with being_made(tmp_path):
        assert sorted(os.listdir(tmp_path)) == ["demo", MARKER]
    assert os.listdir(tmp_path) == ["demo"]
