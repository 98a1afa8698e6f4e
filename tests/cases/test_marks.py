"""What a case has beside its flow: a short text, and who may do deeds that leave it where it is."""

import pytest

from jingwei.cases import beside
from jingwei.cases.beside import Deed, decide, possible
from jingwei.cases.marks import marks_of, with_mark, without_mark


@pytest.mark.parametrize(("before", "name", "after"), [
    ("", "order", "|order|"),
    ("|order|", "urged", "|order|urged|"),
    ("|order|urged|", "order", "|order|urged|"),
])
def test_a_mark_is_put_once(before, name, after):
    assert with_mark(before, name) == after


@pytest.mark.parametrize(("before", "name", "after"), [
    ("|order|urged|", "order", "|urged|"),
    ("|order|", "order", ""),
    ("|reorder|", "order", "|reorder|"),
    ("", "order", ""),
])
def test_a_mark_is_taken_away_and_no_other(before, name, after):
    assert without_mark(before, name) == after
    assert marks_of(after) == [mark for mark in marks_of(before) if mark != name]


def test_a_deed_beside_the_flow_is_offered_to_its_posts_in_its_states_unless_a_mark_bars_it(monkeypatch):
    monkeypatch.setattr(beside, "DEEDS", {"urge": Deed("催办", ("dispatcher",), bars=("merged",))})
    assert possible("handling", {"dispatcher"}, []) == ["urge"]
    assert decide("urge", "closed", {"dispatcher"}, []) == ("wrong_state", ())
    assert decide("urge", "handling", {"handler"}, []) == ("wrong_role", ("dispatcher",))
    assert decide("urge", "handling", {"dispatcher"}, ["merged"]) == ("barred", ("merged",))
    assert possible("suspended", {"dispatcher"}, ["merged"]) == []
