"""The table of mediation: who may do what in which state, and what ships as data."""

from datetime import UTC, date, datetime

import pytest

from jingwei.cases import beside, marks, mediation
from jingwei.cases.mediation import MEDIATOR, OPENER, STAFF, decide, possible

ALLOWED = {  # state: what a mediator, whoever took it in, and a post that may begin one may do
    "mediating": ({"hold_session", "conclude", "set_parties", "set_team", "reveal"}, {"set_parties", "set_team", "reveal"}, {"set_team"}),
    "visiting": ({"visit", "set_team", "resume", "reveal"}, {"set_team", "resume", "reveal"}, {"set_team"}),
    "ended": ({"resume", "reveal"}, {"resume", "reveal"}, set()),
}


@pytest.mark.parametrize("state", mediation.STATES)
def test_each_side_may_do_what_the_table_says_and_nothing_else(state):
    for side, wanted in zip((MEDIATOR, OPENER, STAFF), ALLOWED[state], strict=True):
        assert set(possible(state, {side})) == wanted
    assert possible(state, set()) == []
    assert {decide(state, deed, set()) for deed in mediation.DEEDS} == {"side"}


def test_only_mediators_and_whoever_took_it_in_read_what_was_said():
    """MED: the parties are for those who mediate."""
    assert [mediation.inside({side}) for side in (MEDIATOR, OPENER, STAFF)] == [True, True, False]
    assert "reveal" not in {deed for state in mediation.STATES for deed in possible(state, {STAFF})}


def test_every_state_has_a_mark_with_a_word_and_bars_a_second_beginning():
    assert set(mediation.MARK_OF) == set(mediation.STATES)
    assert all(marks.NAMES[mark] for mark in mediation.MARK_OF.values())
    for mark in mediation.MARK_OF.values():
        assert beside.decide("mediate", "handling", ["town_officer"], [mark])[0] == "barred"
    assert beside.decide("mediate", "handling", ["town_officer"], [])[0] == "yes"


@pytest.mark.parametrize(("found", "wanted"), [
    ([], False), (["mediation"], False), (["visits"], True), (["urged", "mediated"], True)])
def test_a_mediation_is_over_once_it_came_to_a_result(found, wanted):
    assert mediation.over(found) is wanted


@pytest.mark.parametrize(("people", "said"), [
    (1, "现有 1 名调解员，一般为 3 至 5 名，可以再加"), (2, "现有 2 名调解员，一般为 3 至 5 名，可以再加"),
    (3, ""), (5, ""), (6, "现有 6 名调解员，一般为 3 至 5 名，可以减少")])
def test_a_team_of_three_to_five_passes_and_two_and_six_are_told(people, said):
    """AT-06: 3 to 5 pass, 2 and 6 warn."""
    assert mediation.size_warning(people, 3, 5) == said


def test_the_shipped_kinds_levels_and_matters_are_whole():
    """MED-01: three kinds linked; village, town and department without a prescribed order (MED-08)."""
    assert list(mediation.kinds()) == ["people", "administrative", "judicial"]
    assert {"village", "town", "department"} <= set(mediation.levels())
    for row in mediation.matters().values():
        assert row.days
        assert list(row.days) == sorted(row.days)
        assert row.name
        assert row.name_en
    assert {name for name, row in mediation.OUTCOMES.items() if row.agreed} == {"settled", "partly"}
    assert {"failed", "withdrawn", "court", "arbitration"} <= set(mediation.OUTCOMES)


def test_a_day_ends_where_the_place_is():
    assert mediation.end_of(date(2026, 12, 1), "Asia/Shanghai") == datetime(2026, 12, 1, 15, 59, 59, tzinfo=UTC)
