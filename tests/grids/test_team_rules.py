"""Sizes of teams and households per person as tables."""

import pytest

from jingwei.grids import teams
from jingwei.grids.teams import Flaw

HEADS = ("head", "deputy_head")


@pytest.mark.parametrize(("people", "wanted"), [
    (2, [Flaw.TOO_FEW]), (3, []), (4, []), (5, []), (6, [Flaw.TOO_MANY]), (0, [Flaw.TOO_FEW])])
def test_a_mediation_team_has_three_to_five_people(people: int, wanted: list[Flaw]) -> None:
    """AT-06, STF-11."""
    found = teams.warnings(teams.kinds()["mediation"], people, HEADS, 1)
    assert [one.flaw for one in found] == wanted


def test_a_mediation_team_has_a_head_and_a_deputy() -> None:
    found = teams.warnings(teams.kinds()["mediation"], 3, ["head"], 1)
    assert [(one.flaw, one.text) for one in found] == [(Flaw.FUNCTION_OPEN, "还没有副队长")]


@pytest.mark.parametrize(("households", "mediators", "contacts"), [
    (500, (3, 5), (5, 10)), (1000, (5, 10), (10, 20)), (100, (1, 1), (1, 2)), (60, (1, 1), (1, 1)), (550, (3, 5), (6, 11)),
    (0, (1, 1), (1, 1))])
def test_mediators_and_contacts_follow_from_the_households(
        households: int, mediators: tuple[int, int], contacts: tuple[int, int]) -> None:
    """GRD-20, AT-06: 500 households need 3 to 5 mediators and 5 to 10 contacts; 1,000 need 5 to 10 and 10 to 20."""
    found = {wanted.function: (wanted.low, wanted.high) for wanted in (
        teams.capacity(households, ratio) for ratio in teams.ratios())}
    assert found == {"mediator": mediators, "contact": contacts}


@pytest.mark.parametrize(("areas", "adjoining", "wanted"), [
    (1, True, [Flaw.FEW_AREAS]), (2, True, []), (2, False, [Flaw.APART]), (5, True, [])])
def test_a_patrol_group_works_on_adjoining_areas(areas: int, adjoining: bool, wanted: list[Flaw]) -> None:
    """GRD-28."""
    found = teams.warnings(teams.kinds()["patrol"], 2, ["head"], areas, adjoining=adjoining)
    assert [one.flaw for one in found] == wanted


@pytest.mark.parametrize(("people", "fits"), [(2, False), (3, True), (4, True), (5, False)])
def test_a_small_fire_grid_has_three_or_four_people(people: int, fits: bool) -> None:
    """STF-21."""
    assert (teams.warnings(teams.kinds()["fire"], people, ["leader"], 1) == []) is fits


@pytest.mark.parametrize("kind", list(teams.kinds().values()), ids=lambda kind: kind.code)
def test_every_kind_of_team_names_its_source_and_only_functions_it_has(kind: teams.TeamKind) -> None:
    assert kind.source
    assert kind.confidence in ("high", "med-high", "med", "low")
    assert set(kind.required) <= set(kind.functions)
    assert kind.high == 0 or kind.low <= kind.high
