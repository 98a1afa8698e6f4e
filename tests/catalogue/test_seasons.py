"""Planting seasons by class and area: read, in season or not, and the next opening (C4)."""

from datetime import date

import pytest

from jingwei.catalogue import commands, shipped
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.seasons import in_season, next_season, read_seasons, windows_for
from tests.catalogue.conftest import book, refusal

SPRING, AUTUMN = ((3, 1), (4, 30)), ((10, 15), (11, 30))
TEXT = "matter/04=03-01~04-30,10-15~11-30; gbt47678.5-2026/matter/04002=11-15~03-31；*=03-01~04-30"


def test_seasons_are_read_by_class():
    seasons = read_seasons(TEXT)
    assert windows_for(seasons, "gbt47678.5-2026/matter/04001") == (SPRING, AUTUMN)
    assert windows_for(seasons, "gbt47678.5-2026/matter/04002") == (((11, 15), (3, 31)),), "the nearer name wins"
    assert windows_for(seasons, "gbt47678.5-2026/matter/06010") == ()
    assert windows_for(seasons, "gbt47678.5-2026/matter/06010", by_condition=True) == (SPRING,)


@pytest.mark.parametrize(("on", "within", "opens"), [
    (date(2026, 2, 28), False, date(2026, 3, 1)),
    (date(2026, 3, 1), True, date(2026, 10, 15)),
    (date(2026, 4, 30), True, date(2026, 10, 15)),
    (date(2026, 5, 1), False, date(2026, 10, 15)),
    (date(2026, 12, 1), False, date(2027, 3, 1)),   # over the year's end
])
def test_the_next_season_opens(on, within, opens):
    windows = read_seasons(TEXT)["matter/04"]
    assert (in_season(windows, on), next_season(windows, on)) == (within, opens)


@pytest.mark.parametrize(("on", "within"), [(date(2026, 12, 31), True), (date(2027, 3, 31), True), (date(2026, 7, 1), False)])
def test_a_season_may_run_over_the_years_end(on, within):
    assert in_season(read_seasons("a=11-15~03-31")["a"], on) is within


def test_a_leap_day_opens_on_the_28th_of_other_years():
    assert next_season(read_seasons("a=02-29~04-01")["a"], date(2027, 1, 1)) == date(2027, 2, 28)


@pytest.mark.parametrize("text", ["matter/04", "matter/04=", "matter/04=3-1~4-30", "matter/04=13-01~14-01", "matter/04=02-30~03-01",
                                  "=03-01~04-30", "a=03-01~04-30;a=03-01~04-30", "a=０３-01~04-30"])
def test_what_says_no_season_is_refused_not_guessed(text):
    with pytest.raises(ValueError, match=r"."):
        read_seasons(text)


def test_the_default_season_can_be_read():
    assert read_seasons(shipped.settings()["planting_seasons"].value)["matter/04"] == (SPRING, AUTUMN)


@pytest.mark.django_db
def test_an_area_has_its_own_season_and_a_slip_is_not_saved(operator, ground):
    assert commands.set_setting(operator, "planting_seasons", "matter/04=11-15~03-31", area_path=ground.town)
    assert "11-15" in book().setting("planting_seasons", ground.town)
    assert "11-15" not in book().setting("planting_seasons", ground.county)
    assert refusal(lambda: commands.set_setting(operator, "planting_seasons", "matter/04=春季")) is CatalogueError.SETTING_VALUE
